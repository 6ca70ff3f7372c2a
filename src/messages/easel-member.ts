import type { Block, GuildRules } from '../domain/rule.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { channelLines } from './easel-channel.ts';
import type { ChannelView } from './easel-channel.ts';
import { explanationLines } from './easel-explanation.ts';
import type { ExplanationView } from './easel-explanation.ts';
import type { Texts } from './texts.ts';

export interface MemberRulesView {
  readonly memberId: string;
  /** Whether they are in the guild now. */
  readonly here: boolean;
  /** The block that is in force. */
  readonly block: Block | null;
  readonly blockedByOperator: boolean;
  readonly explanation: ExplanationView;
  readonly rules: Pick<GuildRules, 'requests' | 'words' | 'stopped'>;
  /** What holds where the guild's rules leave it open. */
  readonly operator: { readonly memberConcurrent: number; readonly memberQueue: number };
  readonly channel: ChannelView;
  /** ms since the epoch. */
  readonly now: number;
}

/** Every rule that touches a member: which decide, what is left, when it frees up, and whether the channel is allowed. */
export function memberRulesBody(texts: Texts, view: MemberRulesView): Body {
  const { show } = texts.easel;
  const { member } = show;
  const { block, explanation, now, operator } = view;
  const { requests, words, stopped } = view.rules;
  const dry = words.filter(({ dryRun }) => dryRun).length;
  const coolUntil = explanation.coolDown?.until ?? null;
  const lines = [
    member.title(view.memberId),
    ...(view.here ? [] : [member.left]),
    ...(view.blockedByOperator ? [member.blockedByOperator] : []),
    ...(stopped ? [show.stopped(stopped)] : []),
    ...(block ? [member.blocked(block)] : []),
    ...explanationLines(texts, explanation, now),
    show.requests({
      ...requests,
      running: requests.running ?? operator.memberConcurrent,
      waiting: requests.waiting ?? operator.memberQueue,
    }),
    ...(coolUntil !== null && coolUntil > now ? [member.coolDownUntil(coolUntil)] : []),
    ...(words.length === 0 ? [] : [show.words(words.length, dry)]),
    ...channelLines(texts, view.channel),
  ];
  return textBody(lines.join('\n'));
}
