import type { GuildLogEntry } from '../domain/guild-log.ts';
import type { Refusal } from '../domain/refusal.ts';
import { changeText } from './en-change.ts';
import { count, credits, memberName } from './en-names.ts';
import { escape } from './escape.ts';

/** Why somebody was refused, as a short phrase. */
const reasons: Readonly<Record<Refusal['reason'], string>> = {
  option: 'an option out of its range',
  'guild-only': 'not on a server',
  'guild-not-allowed': 'the bot is not open for this server',
  blocked: 'blocked by whoever runs the bot',
  'missing-permissions': 'the bot lacks permissions there',
  'queue-full': 'the line is full',
  cap: 'a limit of whoever runs the bot',
  limit: 'a limit on credits',
  'shut-out': 'a role with a limit of 0',
  'too-many-pictures': 'too many pictures in one request',
  'cool-down': 'too soon after the last request',
  channel: 'a channel that does not allow it',
  words: 'words that are not allowed',
  'blocked-here': 'blocked',
  stopped: 'pictures are stopped',
  'content-refusals': 'a pause after content refusals',
  'no-room': 'no room for pictures',
  'account-closed': 'the image service is not available',
  unavailable: 'the image service does not answer',
  'not-honoured': 'an option that the model does not take',
  'model-not-allowed': 'a model that is not allowed',
  'no-model': 'no model that is allowed',
  'model-unsuitable': 'a model that does not go with the channel or with private',
  'unknown-style': 'a style that there is not',
  'style-words': 'a style with words that are not allowed',
  'style-exists': 'a style of a name that there is',
  'too-many-models': 'too many models to compare',
  'price-changed': 'a price that has changed meanwhile',
  'age-restricted': 'pictures of an age-restricted channel',
  stopping: 'the bot was restarting',
  'not-yours': 'somebody else’s pictures',
  'not-moderator': 'not a moderator',
  'above-operator': 'above what whoever runs the bot allows',
  'not-set': 'nothing set under that name',
  'no-change': 'nothing to change',
  'too-many-rules': 'too many rules',
  'bad-word-rule': 'a rule that cannot be used',
  'everyones-role': 'a role that everybody has',
  'is-bot': 'a bot',
  'cannot-post': 'the bot cannot write there',
  'too-late': 'too late to cancel',
  over: 'ended already',
  gone: 'not known any more',
  'asked-already': 'asked already',
  bug: 'a fault of the bot',
};

/** Texts of the guild's log, in English. */
export const log = {
  reason: (reason: Refusal['reason']): string => reasons[reason],

  generation: (
    by: string,
    made: {
      /** `null` where it is forgotten. */
      readonly pictures: number | null;
      readonly credits: number;
      readonly private: boolean;
    } | null,
    link: string | null,
  ): string =>
    [
      made === null
        ? `${memberName(by)} asked for pictures`
        : `${memberName(by)} made ${made.pictures === null ? 'pictures' : count(made.pictures, 'picture')}${made.private ? ' privately' : ''} for ${credits(made.credits)}`,
      ...(link === null ? [] : [link]),
    ].join(' · '),

  refusal: (
    by: string,
    refusal: {
      readonly reason: Refusal['reason'];
      readonly channelId: string;
      readonly words: readonly string[];
    },
  ): string =>
    `${memberName(by)} was refused${refusal.channelId === '' ? '' : ` in <#${refusal.channelId}>`}: ${reasons[refusal.reason]}${refusal.words.length > 0 ? ` (${refusal.words.map((word) => `||${escape(word)}||`).join(', ')})` : ''}`,

  deletion: (by: string, memberId: string): string =>
    by === memberId
      ? `${memberName(by)} deleted their own pictures`
      : `${memberName(by)} deleted pictures of ${memberName(memberId)}`,

  change: (by: string, entry: Extract<GuildLogEntry['event'], { kind: 'change' }>): string =>
    `${memberName(by)} · ${changeText(entry.change)}`,
} as const;
