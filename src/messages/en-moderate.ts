import type { Block } from '../domain/rule.ts';
import { ago, count, credits, memberName, moment } from './en-names.ts';
import { escape } from './escape.ts';

/** Texts of `/moderate`, and of the menu on a message of the bot's. */
export const moderate = {
  command: 'Members and their pictures: block, look, grant, reset, stop',
  menu: 'Easel: moderate',
  subcommands: {
    block: 'A member gets no pictures here, for a time or until you lift it',
    unblock: 'A blocked member gets pictures again',
    member: 'What a member has used, which rules are on them, and their last pictures',
    grant: 'Give a member credits on top of their limits, or take unspent ones back',
    reset: 'What a member has spent so far counts no more for this server’s limits on members',
    stop: 'No more pictures on this server, for anybody, until you start it again',
    start: 'Pictures on this server again',
  },
  options: {
    who: 'Whom it is about; those who left can be named by their id',
    until: 'For how long; until you lift it if left out',
    why: 'Why; the member is told',
    stopWhy: 'Why; whoever asks for pictures is told',
    credits: 'How many; a negative number takes unspent ones back',
    grantWhy: 'Why; it stands in the log',
  },
  until: { hour: '1 hour', day: '1 day', week: '1 week', lifted: 'until lifted' },
  allows: {
    somebody: { what: 'a member of this server, or somebody who was one', example: '@alice' },
    somebodyElse: { what: 'somebody other than you', example: '@alice' },
    credits: (most: number) => ({
      what: `a whole number from ${(-most).toLocaleString('en')} to ${most.toLocaleString('en')}, but not 0`,
      example: '20',
    }),
  },
  yourself: 'yourself',

  afterStop: 'What has begun is finished. `/moderate start` lets pictures be made again.',
  afterGrant:
    'Spent after the allowance. They lift this server’s limits on members, but not a role’s limit of 0, the limit for the server in all, or the caps of whoever runs me.',
  afterTakingBack: (asked: number, taken: number) =>
    taken < asked
      ? `Only ${credits(taken)} of the ${asked.toLocaleString('en')} had not been spent.`
      : 'What was spent of them stays spent.',
  afterReset:
    'Not touched: granted credits, blocks, the limit for the server in all, and the caps of whoever runs me (in 24 h, across all servers).',

  member: {
    title: (id: string) => `### <@${id}>`,
    left: 'Not on this server now.',
    block: (block: Block | null) =>
      block === null ? 'Not blocked.' : `**Blocked** ${blockTime(block)}${blockedBy(block)}`,
    spent: (day: number, month: number) =>
      `Spent here: ${credits(day)} in 24 h, ${month.toLocaleString('en')} in 30 days. Granted ones, and what a reset took off, do not count.`,
    lastTitle: (id: string) => `### Last pictures of <@${id}>`,
    last: (n: number) =>
      n === 0
        ? 'No pictures are known of them here.'
        : n === 1
          ? 'One request of theirs is known; choose it to see it, for you alone.'
          : `Their last ${n} requests; choose one to see it, for you alone.`,
    choose: 'Choose a request',
    option: (at: number, images: number, state: 'private' | 'deleted' | null) =>
      `${dateOf(at)} · ${count(images, 'picture')}${state === null ? '' : ` · ${state}`}`,
    unnamed: 'A request whose text AutoMod does not let through',
  },

  generation: {
    asked: (id: string, channelId: string, at: number, isPrivate: boolean) =>
      `Asked by <@${id}> in <#${channelId}>, ${moment(at)}${isPrivate ? ', for themselves alone' : ''}`,
    link: (url: string) => `[Go to the message](${url})`,
    message: {
      gone: 'Its message is gone.',
      private: 'Only they can see its message.',
      none: 'It was not posted.',
      deleted: 'Deleted, and its pictures with it.',
    },
    settings: (title: string, images: number, settings: readonly string[], spent: number) =>
      [escape(title), count(images, 'picture'), ...settings, credits(spent)].join(' · '),
    blank: (n: number) => `${count(n, 'picture')} blacked out by the provider’s content filter.`,
    lost: (n: number) => `${count(n, 'picture')} could never be fetched.`,
    notKept: (n: number, of: number) =>
      n === of
        ? 'I do not have the pictures any more: they are kept for some days only, and those that were shown make room for new ones.'
        : `${count(n, 'picture')} of it I do not have any more.`,
    cannotAttach:
      'I cannot show the pictures here: I lack **Attach Files** in this channel. Use another one.',
    tooLarge: 'Discord did not take the pictures in this answer.',
  },
  buttons: { delete: 'Delete', deleteAndBlock: 'Delete and block 1 day', last: 'Last 10' },

  notOurs: 'That message is not one of mine. Use this on a message in which I show pictures.',
  noPictures:
    'I know of no pictures in this message: it shows none, or I have forgotten them (deleted, too old, or erased by their member).',
  deleted: 'Deleted.',
  deletedBefore: 'These pictures were deleted already.',
  deletedTooLate:
    'Not deleted: I cannot reach the message. Only its member sees it, or it is not posted yet.',
  deletedNoAccess: 'Not deleted: I may not see that channel any more.',
  blockedWhy: 'pictures deleted by a moderator',
  notBlockedSelf: 'Nobody is blocked: these are your own pictures.',
  blockedAlready: (block: Block) => `Blocked already ${blockTime(block)}; that stays.`,
} as const;

function blockTime(block: Block): string {
  return block.until === null ? 'until lifted' : `until ${moment(block.until)}`;
}

function blockedBy(block: Block): string {
  const reason = block.reason === null ? '' : `: ${escape(block.reason)}`;
  return ` by ${memberName(block.by)}, ${ago(block.at)}${reason}`;
}

const dates = new Intl.DateTimeFormat('en', {
  dateStyle: 'medium',
  timeStyle: 'short',
  hour12: false,
  timeZone: 'UTC',
});

/** For where Discord shows no times of its own. */
function dateOf(at: number): string {
  return `${dates.format(at)} UTC`;
}
