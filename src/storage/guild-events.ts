import { z } from 'zod';
import type { GuildEvent } from '../domain/guild-log.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { RuleChange } from '../domain/rule-change.ts';
import {
  block,
  limitSubject,
  period,
  requestRules,
  stop,
  style,
  wordRule,
} from './rule-documents.ts';

const change = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('limit'),
    subject: limitSubject,
    period,
    before: z.number().nullable(),
    after: z.number().nullable(),
  }),
  z.object({ what: z.literal('requests'), before: requestRules, after: requestRules }),
  z.object({
    what: z.literal('channel'),
    channelId: z.string().nullable(),
    before: z.boolean().nullable(),
    after: z.boolean().nullable(),
  }),
  z.object({ what: z.literal('words'), added: z.array(wordRule), removed: z.array(wordRule) }),
  z.object({
    what: z.literal('log-channel'),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  z.object({
    what: z.literal('moderator-role'),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  z.object({
    what: z.literal('provider'),
    key: z.string(),
    before: z.boolean().nullable(),
    after: z.boolean().nullable(),
  }),
  z.object({
    what: z.literal('default-model'),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  z.object({ what: z.literal('failover'), before: z.boolean(), after: z.boolean() }),
  z.object({ what: z.literal('style'), before: style.nullable(), after: style.nullable() }),
  z.object({ what: z.literal('stopped'), before: stop.nullable(), after: stop.nullable() }),
  z.object({
    what: z.literal('block'),
    memberId: z.string(),
    before: block.nullable(),
    after: block.nullable(),
  }),
  z.object({
    what: z.literal('grant'),
    memberId: z.string(),
    before: z.number(),
    after: z.number(),
    reason: z.string(),
  }),
  z.object({ what: z.literal('reset'), memberId: z.string() }),
]) satisfies z.ZodType<RuleChange>;

const reasons: { [K in Refusal['reason']]: K } = {
  option: 'option',
  'guild-only': 'guild-only',
  'guild-not-allowed': 'guild-not-allowed',
  blocked: 'blocked',
  'missing-permissions': 'missing-permissions',
  'queue-full': 'queue-full',
  cap: 'cap',
  limit: 'limit',
  'shut-out': 'shut-out',
  'too-many-pictures': 'too-many-pictures',
  'cool-down': 'cool-down',
  channel: 'channel',
  words: 'words',
  'blocked-here': 'blocked-here',
  stopped: 'stopped',
  'content-refusals': 'content-refusals',
  'no-room': 'no-room',
  'account-closed': 'account-closed',
  unavailable: 'unavailable',
  'not-honoured': 'not-honoured',
  'model-not-allowed': 'model-not-allowed',
  'no-model': 'no-model',
  'model-unsuitable': 'model-unsuitable',
  'unknown-style': 'unknown-style',
  'style-words': 'style-words',
  'style-exists': 'style-exists',
  'too-many-models': 'too-many-models',
  'price-changed': 'price-changed',
  'age-restricted': 'age-restricted',
  stopping: 'stopping',
  'not-yours': 'not-yours',
  'not-moderator': 'not-moderator',
  'above-operator': 'above-operator',
  'not-set': 'not-set',
  'no-change': 'no-change',
  'too-many-rules': 'too-many-rules',
  'bad-word-rule': 'bad-word-rule',
  'everyones-role': 'everyones-role',
  'is-bot': 'is-bot',
  'cannot-post': 'cannot-post',
  'too-late': 'too-late',
  over: 'over',
  gone: 'gone',
  'asked-already': 'asked-already',
  bug: 'bug',
};

/** How an event of a guild's log is read back from JSON. */
export const guildEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('generation'),
    generationId: z.string(),
    messageId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('refusal'),
    reason: z.enum(reasons),
    channelId: z.string(),
    words: z.array(z.string()),
  }),
  z.object({ kind: z.literal('deletion'), generationId: z.string(), memberId: z.string() }),
  z.object({ kind: z.literal('change'), change }),
]) satisfies z.ZodType<GuildEvent>;

/** The members that an event names. */
export function membersIn(event: GuildEvent): string[] {
  if (event.kind === 'deletion') return [event.memberId];
  if (event.kind !== 'change') return [];
  const { change: made } = event;
  switch (made.what) {
    case 'limit':
      return made.subject.kind === 'member' ? [made.subject.memberId] : [];
    case 'stopped':
      return [made.before, made.after].flatMap((each) => (each ? [each.by] : []));
    case 'block':
      return [
        made.memberId,
        ...[made.before, made.after].flatMap((each) => (each ? [each.by] : [])),
      ];
    case 'grant':
    case 'reset':
      return [made.memberId];
    case 'requests':
    case 'channel':
    case 'words':
    case 'log-channel':
    case 'moderator-role':
    case 'provider':
    case 'default-model':
    case 'failover':
    case 'style':
      return [];
  }
}
