import type { Refusal } from '../domain/refusal.ts';
import type { Block, Period, Stop } from '../domain/rule.ts';
import { log } from './en-log.ts';
import { ago, count, credits, memberName, moment, periodName, relative } from './en-names.ts';
import { escape } from './escape.ts';

const day = (atMs: number): string => `<t:${Math.floor(atMs / 1000)}:D>`;

/** The facts of a chart in words: a day as the calendar names it in UTC. */
const dayName = (atMs: number): string =>
  new Date(atMs).toLocaleDateString('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const because = (reason: string | null): string => (reason === null ? '' : `: ${escape(reason)}`);

/** Texts of `/usage`, in English. */
export const usage = {
  title: '### Your credits',
  left: (left: number, of: number, period: Period, freesAt: number | null, isCap: boolean) =>
    `- **${left.toLocaleString('en')} of ${of.toLocaleString('en')} left** per ${periodName[period]}${isCap ? ', on all servers' : ''}${freesAt === null ? '' : ` · next one frees up ${relative(freesAt)}`}`,
  blocked: ({ until, reason }: Pick<Block, 'until' | 'reason'>) =>
    `**Blocked** on this server ${until === null ? 'until a moderator lifts it' : `until ${moment(until)}`}${because(reason)}`,
  stopped: ({ reason }: Pick<Stop, 'reason'>) =>
    `**Pictures are stopped** on this server for now${because(reason)}`,
  noLimit: '- no limit',
  shutOut: (roleId: string) =>
    `- none: members with <@&${roleId}> may not ask for pictures on this server`,
  granted: (n: number) => `- ${credits(n)} granted besides, to be spent after that`,
  grantedIdle: (n: number) => `- ${credits(n)} granted, which cannot be spent meanwhile`,
  price: (least: number, most: number) =>
    least === most
      ? `A picture costs ${credits(least)}.`
      : `A picture costs ${least} to ${credits(most)}, by model.`,
  lately: '**Lately**',
  spent: (atMs: number, pictures: number, cost: number) =>
    `- ${ago(atMs)}: ${count(pictures, 'picture')}, ${credits(cost)}`,

  guildTitle: '### This server, last 30 days',
  totals: (total: { credits: number; pictures: number; requests: number; members: number }) =>
    total.requests === 0
      ? 'No pictures were made.'
      : `${credits(total.credits)} for ${count(total.pictures, 'picture')} in ${count(total.requests, 'request')} of ${count(total.members, 'member')}`,
  guildLeft: (left: number, of: number, period: Period, isCap: boolean) =>
    `${left.toLocaleString('en')} of ${of.toLocaleString('en')} left per ${periodName[period]} for the server${isCap ? ' (cap of whoever runs me)' : ''}`,
  runsOut: (atMs: number) =>
    `At the rate of the last 7 days, the month’s credits run out on ${day(atMs)}.`,
  spentUp: 'The month’s credits are spent.',
  lasts: 'At the rate of the last 7 days, the month’s credits will last.',
  top: (members: readonly { memberId: string; credits: number }[]) =>
    `**Most spent by** ${members.map((one) => `${memberName(one.memberId)} ${one.credits.toLocaleString('en')}`).join(' · ')}`,
  refusals: (reasons: readonly { reason: Refusal['reason']; count: number }[]) =>
    `**Refused**: ${reasons.map((one) => `${one.count.toLocaleString('en')} × ${log.reason(one.reason)}`).join(' · ')}`,
  chartTitle: '**Credits spent by day**',
  /** The same facts as the chart’s. */
  chart: (days: readonly { day: number; credits: number }[]) =>
    `Credits spent by day: ${days
      .filter((one) => one.credits > 0)
      .map((one) => `${dayName(one.day)} ${one.credits.toLocaleString('en')}`)
      .join(', ')}`,

  told: (provider: string, left: number, atMs: number) =>
    `${provider}: ${credits(left)} of its own left on the account, as it said ${ago(atMs)}.`,
  account: (provider: string, left: number, sinceMs: number) =>
    `${provider}: about ${credits(left)} left on the account (counted by me since <t:${Math.floor(sinceMs / 1000)}:d>; the service tells nothing itself).`,
  accountUnknown: (provider: string) => `${provider} does not tell what is left on the account.`,
  accountCountable: (provider: string, setting: string) =>
    `${provider} does not tell what is left on the account; whoever runs me can set ${setting} to have it counted.`,
} as const;
