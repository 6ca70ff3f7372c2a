import type { RuleChange } from '../domain/rule-change.ts';
import type { Block, RequestRules, Stop, WordRule } from '../domain/rule.ts';
import { count, credits, memberName, moment, periodName, subjectName } from './en-names.ts';
import { styleLines } from './en-style.ts';
import { escape } from './escape.ts';

/** A moderator's change in one or a few lines, with the old and the new value. */
export function changeText(change: RuleChange): string {
  switch (change.what) {
    case 'limit':
      return `Limit per ${periodName[change.period]} for ${subjectName(change.subject)}: ${fromTo(limit(change.before), limit(change.after))}`;
    case 'requests':
      return requestLines(change.before, change.after).join('\n');
    case 'channel':
      return change.channelId === null
        ? `The whole server: ${fromTo(allowed(change.before, 'not set'), allowed(change.after, 'not set'))}`
        : `<#${change.channelId}>: ${fromTo(allowed(change.before), allowed(change.after))}`;
    case 'words':
      return wordChanges(change.added, change.removed).join('\n');
    case 'log-channel':
      return `Log channel: ${fromTo(channel(change.before), channel(change.after))}`;
    case 'moderator-role':
      return `Moderators’ role: ${fromTo(role(change.before), role(change.after))}`;
    case 'provider':
      return `Rule on models ${escape(change.key)}: ${fromTo(allowed(change.before, 'not set'), allowed(change.after, 'not set'))}`;
    case 'default-model':
      return `Model where a member chooses none: ${fromTo(model(change.before), model(change.after))}`;
    case 'failover':
      return `Another model stands in for one that cannot be had: ${fromTo(yes(change.before), yes(change.after))}`;
    case 'style':
      return styleLines(change.before, change.after).join('\n');
    case 'stopped':
      return `Pictures on this server: ${fromTo(stop(change.before), stop(change.after))}`;
    case 'block':
      return `${memberName(change.memberId)}: ${fromTo(block(change.before), block(change.after))}`;
    case 'grant':
      return `Granted credits of ${memberName(change.memberId)}: ${fromTo(String(change.before), String(change.after))} (${escape(change.reason)})`;
    case 'reset':
      return `${memberName(change.memberId)}: what was spent so far counts no more for this server’s limits on members`;
  }
}

/** So many are named; the rest is a number. */
const wordsNamed = 10;

const fromTo = (before: string, after: string): string => `${before} → **${after}**`;
const limit = (value: number | null): string => (value === null ? 'none' : credits(value));
const allowed = (value: boolean | null, unset = 'as above it'): string =>
  value === null ? unset : value ? 'allowed' : 'denied';
const channel = (id: string | null): string => (id === null ? 'none' : `<#${id}>`);
const role = (id: string | null): string => (id === null ? 'none' : `<@&${id}>`);
const model = (key: string | null): string => (key === null ? 'the operator’s' : escape(key));
const yes = (value: boolean): string => (value ? 'yes' : 'no');
const stop = (value: Stop | null): string =>
  value === null ? 'on' : `stopped${value.reason === null ? '' : ` (${escape(value.reason)})`}`;

function block(value: Block | null): string {
  if (value === null) return 'not blocked';
  const until = value.until === null ? 'until lifted' : `until ${moment(value.until)}`;
  return `blocked ${until}${value.reason === null ? '' : ` (${escape(value.reason)})`}`;
}

const requestNames: Readonly<Record<keyof RequestRules, string>> = {
  mostPictures: 'Most pictures per request',
  running: 'Requests of a member under way at once',
  waiting: 'Requests of a member waiting',
  coolDownSeconds: 'Seconds between requests of a member',
};
const requestKeys = ['mostPictures', 'running', 'waiting', 'coolDownSeconds'] as const;

function requestLines(before: RequestRules, after: RequestRules): string[] {
  return requestKeys
    .filter((key) => before[key] !== after[key])
    .map((key) => `${requestNames[key]}: ${fromTo(asSet(before[key]), asSet(after[key]))}`);
}

const asSet = (value: number | null): string => (value === null ? 'as usual' : String(value));

/** A rule that stands on both sides was switched between dry and enforced. */
function wordChanges(added: readonly WordRule[], removed: readonly WordRule[]): string[] {
  const before = new Map(removed.map((rule) => [rule.id, rule]));
  const switched = added.filter(({ id }) => before.has(id));
  const ids = new Set(switched.map(({ id }) => id));
  return [
    ...switched.map(({ id, text, dryRun }) => {
      const states = dryRun ? fromTo('enforced', 'dry run') : fromTo('dry run', 'enforced');
      return `||${escape(text)}|| (\`${id}\`): ${states}`;
    }),
    ...wordLines(
      'Added',
      added.filter(({ id }) => !ids.has(id)),
    ),
    ...wordLines(
      'Removed',
      removed.filter(({ id }) => !ids.has(id)),
    ),
  ];
}

function wordLines(what: string, rules: readonly WordRule[]): string[] {
  if (rules.length === 0) return [];
  const named = rules.slice(0, wordsNamed).map(({ id, text, kind, dryRun }) => {
    const notes = [...(kind === 'pattern' ? ['pattern'] : []), ...(dryRun ? ['dry run'] : [])];
    return `||${escape(text)}|| (\`${id}\`${notes.length > 0 ? `, ${notes.join(', ')}` : ''})`;
  });
  const more = rules.length - named.length;
  return [
    `${what} ${count(rules.length, 'rule')} on words: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  ];
}
