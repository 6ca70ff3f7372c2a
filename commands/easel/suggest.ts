import type { Call } from '../../src/discord/call.ts';
import type { Choice, Typing } from '../../src/discord/command.ts';
import { periodMs } from '../../src/domain/rule.ts';
import type { GuildRules, LimitSubject } from '../../src/domain/rule.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import type { CommandParts } from '../parts.ts';
import { writeLimitName } from './limit-name.ts';

/** Discord takes so many. */
const mostChoices = 25;

/** The rules that an option may name, those first that fit what was typed. From memory alone. */
export function createSuggest({ parts }: CommandParts) {
  return ({ guildId, locale }: Call, { subcommand, option, text }: Typing): readonly Choice[] => {
    if (guildId === null || option !== 'rule') return [];
    const settings = parts.settings.peek(guildId);
    if (!settings) {
      // They will be there for the next letter.
      parts.settings.load(guildId).catch((error: unknown) => {
        parts.log.debug({ err: error }, 'settings could not be loaded for choices');
      });
      return [];
    }
    const texts = textsFor(locale);
    const all = choicesOf(texts, settings.rules, subcommand);
    const typed = text.trim().toLowerCase();
    // A mention of somebody comes as their id within signs.
    const [mentioned] = /\d{15,21}/.exec(typed) ?? [];
    const fits = ({ name, value }: Choice): boolean =>
      mentioned === undefined
        ? name.toLowerCase().includes(typed) || value.toLowerCase().includes(typed)
        : value.includes(mentioned);
    return all.filter(fits).slice(0, mostChoices);
  };
}

function choicesOf(texts: Texts, rules: GuildRules, subcommand: string): Choice[] {
  switch (subcommand) {
    case 'limit remove':
      return limitChoices(texts, rules);
    case 'word remove':
      return wordChoices(texts, rules);
    case 'word enforce':
      return wordChoices(texts, { ...rules, words: rules.words.filter(({ dryRun }) => dryRun) });
    case 'word dry-run':
      return wordChoices(texts, { ...rules, words: rules.words.filter(({ dryRun }) => !dryRun) });
    default:
      return [];
  }
}

function limitChoices({ easel }: Texts, { limits }: GuildRules): Choice[] {
  return limits
    .toSorted((a, b) => periodMs[a.period] - periodMs[b.period])
    .map((limit) => ({
      name: easel.suggested.limit(
        whom(easel.suggested, limit.subject),
        limit.credits,
        easel.periods[limit.period],
      ),
      value: writeLimitName(limit),
    }));
}

function whom(suggested: Texts['easel']['suggested'], subject: LimitSubject): string {
  switch (subject.kind) {
    case 'each-member':
      return suggested.eachMember;
    case 'guild':
      return suggested.server;
    case 'role':
      return suggested.role(subject.roleId);
    case 'member':
      return suggested.member(subject.memberId);
  }
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
