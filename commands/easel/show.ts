import type { Answer } from '../../src/discord/answer.ts';
import type { Call } from '../../src/discord/call.ts';
import type { GivenUser } from '../../src/discord/command.ts';
import type { GuildSettings } from '../../src/domain/settings.ts';
import { channelBody } from '../../src/messages/easel-channel.ts';
import type { ChannelView } from '../../src/messages/easel-channel.ts';
import { memberRulesBody } from '../../src/messages/easel-member.ts';
import { overviewBody } from '../../src/messages/easel-overview.ts';
import { en } from '../../src/messages/en.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { decidingChannelRule } from '../../src/policy/channel-rule.ts';
import { explain } from '../../src/policy/explain.ts';
import { windowsOf } from '../../src/policy/windows.ts';
import { id, optional, readOptions, wrong } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import { givenChannel } from './given-channel.ts';
import { offeredBy } from './offered.ts';
import type { Subcommand } from './subcommand.ts';
import { blockInForce, holds } from '../../src/domain/block-in-force.ts';

/** `/easel show`: the rules that hold; or with a member those that touch them; or with a channel alone those on it. */
export function showSubcommands(commandParts: CommandParts): Readonly<Record<string, Subcommand>> {
  const { parts } = commandParts;
  return {
    show({ call, given, texts }) {
      const read = readOptions(options, given.options);
      if ('refused' in read) return read;
      const channel = givenChannel(given, en.easel.wanted.channel);
      if (channel && 'refused' in channel) return channel;
      const { member: memberId } = read.values;
      const user = memberId === undefined ? undefined : given.users.get(memberId);
      if (memberId !== undefined && user === undefined)
        return wrong('member', memberId, { kind: 'like', ...texts.easel.wanted.member });
      if (user?.bot) return { refused: { reason: 'is-bot' } };
      const place = channel ?? here(call);
      return {
        answers: 'private',
        async run(answer) {
          const settings = await parts.settings.load(call.guildId);
          if (memberId !== undefined && user)
            await showMember(commandParts, answer, texts, { settings, memberId, user, place });
          else if (channel) await answer.finish(channelBody(texts, channelView(settings, channel)));
          else await showOverview(commandParts, answer, texts, settings);
        },
      };
    },
  };
}

const options = { member: optional(id(en.easel.wanted.member)) };

/** A channel, for somebody to ask in. */
interface Place {
  readonly path: readonly string[];
  readonly missingPermissions: readonly string[];
}

function here(call: Call): Place {
  return { path: call.channelPath, missingPermissions: call.missingPermissions(false) };
}

function channelView({ rules }: GuildSettings, place: Place): ChannelView {
  return { ...place, rules: rules.channels, deciding: decidingChannelRule(rules, place.path) };
}

async function showOverview(
  commandParts: CommandParts,
  answer: Answer,
  texts: Texts,
  { guildId, rules, blocks }: GuildSettings,
): Promise<void> {
  const { parts, operatorLimits } = commandParts;
  const now = parts.clock.now();
  const prices = parts.catalogue.offers().map(({ price }) => price);
  const inForce = [...blocks.values()].filter((block) => holds(block, now));
  await answer.finish(
    overviewBody(texts, {
      rules,
      blocked: inForce.length,
      operator: operatorLimits,
      logTroubled: parts.guildLog.troubled(guildId),
      price: { least: Math.min(...prices), most: Math.max(...prices) },
      offered: offeredBy(commandParts),
    }),
  );
}

async function showMember(
  { parts, doors, operatorLimits }: CommandParts,
  answer: Answer,
  texts: Texts,
  about: {
    readonly settings: GuildSettings;
    readonly memberId: string;
    readonly user: GivenUser;
    readonly place: Place;
  },
): Promise<void> {
  const { settings, memberId, user, place } = about;
  const { guildId, rules } = settings;
  const now = parts.clock.now();
  const terms = {
    rules,
    caps: operatorLimits.caps,
    asker: { guildId, memberId, roleIds: user.roleIds ?? [], channelPath: place.path },
    contentRefusalsPerDay: parts.limits.contentRefusalsPerDay,
  };
  const windows = windowsOf(rules, terms.caps, terms.asker);
  const standing = await parts.store.standing(guildId, memberId, windows, now);
  await answer.finish(
    memberRulesBody(texts, {
      memberId,
      here: user.roleIds !== null,
      block: blockInForce(settings.blocks, memberId, now),
      blockedByOperator: doors.blockedUsers.has(memberId),
      explanation: explain(terms, standing),
      rules,
      operator: operatorLimits,
      channel: channelView(settings, place),
      now,
    }),
  );
}
