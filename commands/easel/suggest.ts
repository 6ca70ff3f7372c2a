import type { Call } from '../../src/discord/call.ts';
import type { Choice } from '../../src/discord/choice.ts';
import type { Typing } from '../../src/discord/command.ts';
import { periodMs } from '../../src/domain/rule.ts';
import type { GuildRules, LimitSubject } from '../../src/domain/rule.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import type { CommandParts } from '../parts.ts';
import { writeLimitName } from './limit-name.ts';
import { modelChoices, providerChoices, providerRuleChoices } from './suggest-models.ts';

/** Discord takes so many. */
const mostChoices = 25;

/** What an option may name (a rule, a model, a style) and fits what was typed. From memory alone. */
export function createSuggest(commandParts: CommandParts) {
  const { parts } = commandParts;
  return ({ guildId, locale }: Call, typing: Typing): readonly Choice[] => {
    if (guildId === null) return [];
    const settings = parts.settings.peek(guildId);
    if (!settings) {
      // They will be there for the next letter.
      parts.settings.load(guildId).catch((error: unknown) => {
        parts.log.debug({ err: error }, 'settings could not be loaded for choices');
      });
      return [];
    }
    const texts = textsFor(locale);
    const all = choicesOf(commandParts, texts, settings.rules, typing);
    const typed = typing.text.trim().toLowerCase().replace(/^[@#]/, '');
    // A mention of somebody comes as their id within signs.
    const [mentioned] = /\d{15,21}/.exec(typed) ?? [];
    const fits = ({ name, value }: Choice): boolean =>
      mentioned === undefined
        ? name.toLowerCase().includes(typed) || value.toLowerCase().includes(typed)
        : value.includes(mentioned);
    return all.filter(fits).slice(0, mostChoices);
  };
}

function choicesOf(
  commandParts: CommandParts,
  texts: Texts,
  rules: GuildRules,
  typing: Typing,
): Choice[] {
  switch (typing.subcommand) {
    case 'limit remove':
      return limitChoices(texts, rules, typing);
    case 'channel clear':
      return channelChoices(texts, rules, typing);
    case 'word remove':
      return wordChoices(texts, rules);
    case 'word enforce':
      return wordChoices(texts, { ...rules, words: rules.words.filter(({ dryRun }) => dryRun) });
    case 'word dry-run':
      return wordChoices(texts, { ...rules, words: rules.words.filter(({ dryRun }) => !dryRun) });
    case 'provider allow':
    case 'provider deny':
      return providerChoices(commandParts, texts, rules);
    case 'provider default':
      return modelChoices(commandParts, texts, rules, 'allowed');
    case 'provider clear':
      return providerRuleChoices(commandParts, texts, rules);
    case 'style edit':
    case 'style remove':
      return rules.styles.map(({ name }) => ({ name, value: name }));
    default:
      return [];
  }
}

function limitChoices({ easel }: Texts, { limits }: GuildRules, typing: Typing): Choice[] {
  return limits
    .toSorted((a, b) => periodMs[a.period] - periodMs[b.period])
    .map((limit) => ({
      name: easel.suggested.limit(
        whom(easel.suggested, limit.subject, typing),
        limit.credits,
        easel.periods[limit.period],
      ),
      value: writeLimitName(limit),
    }));
}

/** Members go by their ids: nobody's name is kept. */
function whom(
  suggested: Texts['easel']['suggested'],
  subject: LimitSubject,
  { roleNames }: Typing,
): string {
  switch (subject.kind) {
    case 'each-member':
      return suggested.eachMember;
    case 'guild':
      return suggested.server;
    case 'role': {
      const { roleId } = subject;
      const name = roleNames.get(roleId);
      if (name !== undefined) return suggested.role(name);
      // Where no role is known at all, the guild is not.
      return roleNames.size > 0 ? suggested.roleGone(roleId) : suggested.role(roleId);
    }
    case 'member':
      return suggested.member(subject.memberId);
  }
}

/** Those on channels that are not known first: Discord's own list has no place for them. */
function channelChoices(
  { easel: { suggested } }: Texts,
  { channels }: GuildRules,
  { channelNames }: Typing,
): Choice[] {
  return channels
    .flatMap(({ channelId, allowed }) =>
      channelId === null ? [] : [{ channelId, allowed, known: channelNames.get(channelId) }],
    )
    .toSorted((a, b) => Number(a.known !== undefined) - Number(b.known !== undefined))
    .map(({ channelId, allowed, known }) => ({
      name: suggested.channel(known ?? suggested.channelGone(channelId), allowed),
      value: channelId,
    }));
}

/** The newest first: it is the one that is most likely to be regretted. */
function wordChoices({ easel: { suggested } }: Texts, { words }: GuildRules): Choice[] {
  return words.toReversed().map(({ id, text, kind, dryRun }) => {
    const notes = [
      ...(kind === 'pattern' ? [suggested.pattern] : []),
      ...(dryRun ? [suggested.dryRun] : []),
    ];
    return { name: [text, ...notes].join(' · '), value: id };
  });
}
