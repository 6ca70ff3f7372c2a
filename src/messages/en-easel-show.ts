import type { Block, LimitSubject, Period, RequestRules, Stop } from '../domain/rule.ts';
import { ago, count, credits, memberName, moment, relative } from './en-names.ts';
import { escape } from './escape.ts';

const per: Readonly<Record<Period, string>> = {
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
};

const many = (n: number): string => n.toLocaleString('en');

/** Texts of `/easel show`, in English. */
export const easelShow = {
  title: '### What holds on this server',
  price: (least: number, most: number) =>
    least === most
      ? `A picture costs ${credits(least)}.`
      : `A picture costs ${least} to ${credits(most)}, by model.`,

  capsTitle: '**Caps of whoever runs me**, in 24 h, above all else',
  capOf: {
    member: 'a member, on all servers',
    guild: 'this server',
    bot: 'all that I do, anywhere',
  },
  cap: (whose: string, cap: number) => `- ${whose}: ${credits(cap)}`,
  noCaps: '- none on credits',
  atOnce: (running: number, waiting: number) =>
    `- a member’s requests: ${running} under way, ${waiting} waiting`,

  limitsTitle: '**Limits**',
  limits: (subject: LimitSubject, each: readonly { credits: number; period: Period }[]) =>
    `- ${whom(subject)}: ${each.map((limit) => `${many(limit.credits)} ${per[limit.period]}`).join(' · ')}`,

  requests: (rules: RequestRules) => {
    const set = requestParts(rules);
    return set.length === 0 ? '' : `**Requests of a member**: ${set.join(' · ')}`;
  },

  channelsTitle: '**Channels**',
  everywhere: (allowed: boolean) => `- the whole server: ${allowed ? 'allowed' : 'denied'}`,
  channels: (allowed: boolean, named: readonly string[], more: number) =>
    `- ${allowed ? 'allowed' : 'denied'}: ${named.map((id) => `<#${id}>`).join(' ')}${more > 0 ? ` and ${many(more)} more` : ''}`,

  modelsTitle: '**Models**',
  defaultModel: (name: string) => `- tried first: ${escape(name)}`,
  models: (allowed: boolean, named: readonly string[]) =>
    `- ${allowed ? 'allowed' : 'denied'}: ${named.map(escape).join(', ')}`,
  failover: '- another model stands in for one that cannot be had',
  styles: (n: number, named: readonly string[]) =>
    `**Styles**: ${many(n)} (${named.map(escape).join(', ')})`,

  words: (rules: number, dry: number) =>
    `**Words**: ${count(rules, 'rule')}${dry > 0 ? `, ${many(dry)} of them dry` : ''}`,
  log: (channelId: string, troubled: boolean) =>
    `**Log**: <#${channelId}>${troubled ? ' (I cannot write there at the moment; `/easel log show` has it all)' : ''}`,
  moderators: (roleId: string) => `**Moderators’ role**: <@&${roleId}>`,
  blocked: (n: number) => `**Blocked**: ${count(n, 'member')}`,
  stopped: ({ by, at, reason }: Stop) =>
    `**Stopped** by ${memberName(by)} ${ago(at)}${reason === null ? '' : `: ${escape(reason)}`}. \`/moderate start\` ends it.`,

  notSet: (commands: readonly string[]) =>
    `-# Not set yet: ${commands.map((name) => `\`/easel ${name}\``).join(' · ')}`,

  member: {
    title: (memberId: string) => `### What holds for <@${memberId}>`,
    left: 'Not on this server now; what they would find:',
    blocked: ({ by, until, reason }: Block) =>
      `**Blocked** by ${memberName(by)} ${until === null ? 'until lifted' : `until ${moment(until)}`}${reason === null ? '' : `: ${escape(reason)}`}`,
    blockedByOperator: '**Blocked** by whoever runs me, on all servers',
    shutOut: (roleId: string) =>
      `**Shut out**: <@&${roleId}> has a limit of 0, which no other role and no granted credits lift.`,
    paused: (times: number, until: number) =>
      `**Paused** until ${moment(until)}: the image service’s content filter stopped ${count(times, 'request')} of theirs within a day.`,
    limitsTitle: '**Limits on them**',
    noLimits: '**Limits on them**: none of this server’s; the caps hold.',
    guildTitle: '**This server in all**',
    use: (
      name: string,
      use: { credits: number; used: number; left: number; freesAt: number | null },
    ) =>
      `- ${name}: ${many(use.used)} of ${many(use.credits)} used, **${many(use.left)} left**${use.freesAt === null ? '' : ` · next frees up ${relative(use.freesAt)}`}`,
    limitName: (subject: LimitSubject, period: Period) =>
      subject.kind === 'guild' ? per[period] : `${subjectOf(subject)}, ${per[period]}`,
    verdict: {
      decides: ' (**decides**)',
      'own-limit-decides': ' (their own limit decides)',
      'role-limit-decides': ' (a role’s limit decides)',
      'other-role-decides': ' (another role leaves more)',
      'shut-out-decides': ' (they are shut out)',
    },
    granted: (n: number) =>
      n === 0
        ? ''
        : `**Granted**: ${credits(n)}, spent after the allowance; lifts limits on members, not caps.`,
    coolDownUntil: (until: number) => `The next request may begin ${relative(until)}.`,
  },

  channel: {
    title: (channelId: string, allowed: boolean) =>
      `**In <#${channelId}>**: ${allowed ? 'allowed' : '**denied**'}`,
    nothingSet: 'Nothing is set for it or above it, and what is not set is allowed.',
    step: (channelId: string | null, allowed: boolean | null, decides: boolean) =>
      `- ${channelId === null ? 'the whole server' : `<#${channelId}>`}: ${allowed === null ? 'not set' : allowed ? 'allowed' : 'denied'}${decides ? ' ← decides' : ''}`,
    cannotPost: (permissions: readonly string[]) =>
      `I could not post there: I lack ${permissions.map((name) => `**${name}**`).join(', ')}.`,
  },
} as const;

function whom(subject: LimitSubject): string {
  switch (subject.kind) {
    case 'each-member':
      return 'each member';
    case 'role':
      return `each with <@&${subject.roleId}>`;
    case 'member':
      return memberName(subject.memberId);
    case 'guild':
      return 'this server in all';
  }
}

/** From the view of the member that it is about. */
function subjectOf(subject: LimitSubject): string {
  return subject.kind === 'member' ? 'their own' : whom(subject);
}

function requestParts({ mostPictures, running, waiting, coolDownSeconds }: RequestRules): string[] {
  return [
    ...(mostPictures === null ? [] : [`at most ${count(mostPictures, 'picture')}`]),
    ...(running === null ? [] : [`${running} under way`]),
    ...(waiting === null ? [] : [`${waiting} waiting`]),
    ...(coolDownSeconds === null ? [] : [`${many(coolDownSeconds)} s between two`]),
  ];
}
