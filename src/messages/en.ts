import type { Failure } from '../domain/failure.ts';
import type { OperatorNotice } from '../domain/operator.ts';
import type { OptionAllows, Refusal } from '../domain/refusal.ts';
import { escape } from './escape.ts';

/** The moment, as Discord shows it in the reader's own language: "in 3 hours". */
const relative = (atMs: number): string => `<t:${Math.ceil(atMs / 1000)}:R>`;

const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const credits = (n: number): string => count(n, 'credit');

/** For the provider's support; it is made of letters, digits and a few signs, so it needs no escaping. */
const providerId = (id: string): string => `Provider’s request id: \`${id}\``;

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Every word that people read, in English. Another language is another object of this type. */
export const en = {
  commands: {
    imagine: 'Make pictures from a text',
    usage: 'See what you have spent and what is left',
    options: {
      prompt: 'What the pictures should show',
      images: (fallback: number) => `How many pictures (${fallback} if left out)`,
      guidance: 'How closely to follow the text; 5 if left out, higher is stricter',
      private: 'Only you see the pictures',
    },
  },
  buttons: {
    cancel: 'Cancel',
    delete: 'Delete',
    reallyDelete: 'Yes, delete',
    show: (n: number, of: number) => (of === 1 ? 'Show my pictures' : `Show set ${n}`),
  },

  progress: {
    waiting: (position: number) =>
      position === 1 ? 'Next in line.' : `Number ${position} in line on this server.`,
    running: 'Painting …',
    ready: (atMs: number) => `Expected ${relative(atMs)}.`,
    fetchingAgain:
      'Your pictures are made, but they cannot be fetched at the moment. I keep trying; they will appear here or in this channel.',
  },

  result: {
    madeWith: (provider: string, shown: number, guidance: number) =>
      `${provider} · ${count(shown, 'picture')} · guidance ${guidance}`,
    spent: (spent: number) => `${credits(spent)} spent`,
    left: (left: number, cap: number) => `${left} of ${cap} left for you in 24 h`,
    noCap: 'no limit on your credits',
    nextFrees: (atMs: number) => `next one frees up ${relative(atMs)}`,
    fewer: (came: number, asked: number) =>
      `The provider made ${came} of the ${asked} pictures that were asked for; only those are charged to you.`,
    lost: (lost: number) =>
      `${count(lost, 'picture')} could not be fetched from the provider and cannot be had any more. It charged for ${lost === 1 ? 'it' : 'them'}.`,
    blank: (blank: number, made: number) =>
      blank === made
        ? made === 1
          ? 'The provider’s content filter blacked this picture out, so there is nothing to show. It charges for it all the same; other words may well work.'
          : 'The provider’s content filter blacked all of these pictures out, so there is nothing to show. It charges for them all the same; other words may well work.'
        : `The provider’s content filter blacked out ${blank} of the ${made} pictures. It charges for ${blank === 1 ? 'it' : 'them'} all the same; other words may well work.`,
    smaller: 'Some files were made smaller to fit what Discord accepts here.',
    textHidden:
      'Discord’s AutoMod did not let the text of this request through, so it is left out here.',
    lateFor: (memberId: string) => `For <@${memberId}>, a little late:`,
    requestId: providerId,
  },

  failure: (failure: Failure, state: 'returned' | 'unknown', held: number): string => {
    const sentence =
      state === 'unknown'
        ? uncertainSentence(failure)
        : `${failureSentence(failure)} ${back(held)}`;
    return failure.requestId ? `${sentence}\n-# ${providerId(failure.requestId)}` : sentence;
  },

  refusal: (refusal: Refusal): string => {
    switch (refusal.reason) {
      case 'option':
        return optionSentence(refusal.option, refusal.given, refusal.allowed);
      case 'guild-only':
        return 'I make pictures on servers only. Use this command in a server’s channel.';
      case 'guild-not-allowed':
        return 'I am not open for this server. Whoever runs me decides where I work.';
      case 'blocked':
        return 'Whoever runs me has blocked you from using me.';
      case 'missing-permissions':
        return `I could not post the pictures in this channel: I lack ${list.format(refusal.permissions.map((name) => `**${name}**`))} here. Ask somebody who manages this server to allow it to me, or use another channel. Nothing was spent.`;
      case 'queue-full':
        return refusal.whose === 'member'
          ? `You have ${count(refusal.ahead, 'request')} under way or in line, and no more than ${refusal.limit} may wait. A place should be free ${relative(refusal.backAt)}. Nothing was spent.`
          : `The line of this server is full: ${count(refusal.ahead, 'request')} are ahead, and no more than ${refusal.limit} may wait. Come back ${relative(refusal.backAt)}. Nothing was spent.`;
      case 'cap':
        return capSentence(refusal);
      case 'content-refusals':
        return `The image service’s content filter stopped ${count(refusal.count, 'request')} of yours within a day. So that it does not close this bot’s account, you can go on ${relative(refusal.until)}.`;
      case 'no-room':
        return 'I have no room to keep pictures safe at the moment, so I did not begin. Whoever runs me has been told. Nothing was spent.';
      case 'account-closed':
        return `The image service does not accept this bot’s account at the moment. That is for whoever runs me to mend, and they have been told. I try again ${relative(refusal.until)}. Nothing was spent.`;
      case 'stopping':
        return 'I am being restarted. Please try again in a minute. Nothing was spent.';
      case 'not-yours':
        return refusal.needs === 'author'
          ? 'Only the member who asked for these pictures can do that.'
          : 'Only the member who asked for these pictures, or somebody who may manage messages here, can do that.';
      case 'too-late':
        return 'It is too late to cancel: the pictures are being made, and the image service charges for them.';
      case 'over':
        return 'This request has ended already; there is nothing left to cancel.';
      case 'gone':
        return 'I do not know this request any more.';
      case 'bug':
        return `Something went wrong on my side, sorry.${refusal.spentNothing ? ' Nothing was spent.' : ''} Incident: \`${refusal.incident}\``;
    }
  },

  refusedAfterwards: 'Not done; whoever asked has been told why.',

  usage: {
    title: '### Your credits, last 24 hours',
    own: (spent: number, cap: number | null) =>
      cap === null
        ? `${spent} spent, no limit`
        : `${spent} of ${cap} spent, **${Math.max(0, cap - spent)} left**`,
    nextFrees: (atMs: number) => `The next one frees up ${relative(atMs)}.`,
    guildTitle: '### This server, last 24 hours',
    account: (provider: string, left: number, sinceMs: number) =>
      `${provider}: about ${credits(left)} left on the account (counted by me since <t:${Math.floor(sinceMs / 1000)}:d>; the service tells nothing itself).`,
    accountUnknown: (provider: string) =>
      `${provider} does not tell what is left on the account; whoever runs me can set CLAID_CREDITS to have it counted.`,
    price: (each: number) => `A picture costs ${credits(each)}.`,
  },

  deletion: {
    ask: 'Delete these pictures for good? The credits stay spent.',
    done: 'Deleted.',
    tooLate: 'That took too long. Press **Delete** on the pictures again.',
  },
  waiting: {
    kept: 'These pictures are made and paid for, but they cannot be shown here. I offer them privately, at the next command of whoever asked.',
    offer: (n: number, atMs: number) =>
      `${n === 1 ? 'Pictures that you asked for' : `${n} sets of pictures that you asked for`} ${relative(atMs)} could not be posted then. They are paid for and still here:`,
  },

  operator: (notice: OperatorNotice): string => {
    switch (notice.kind) {
      case 'account-closed':
        return `${notice.provider} ${accountTrouble[notice.why] ?? 'does not accept the account'}. I send it nothing for now and try again ${relative(notice.until)}.`;
      case 'spend':
        return `${notice.spent} of the ${notice.cap} credits of BOT_CREDITS_PER_DAY are spent in the last 24 h.`;
      case 'no-room':
        return 'There is no room to keep pictures or records: the disk is full, or PICTURES_MAX_MB is reached. Requests are refused until there is room.';
    }
  },
} as const;

const accountTrouble: Readonly<Record<string, string>> = {
  unauthorized: 'says that the API key is wrong (401): check CLAID_API_KEY',
  forbidden:
    'says that the API key lacks a permission (403): the key needs the scope image_editing',
  'no-credits':
    'says that no credits are left on the account (402): buy some, or wait for the next period',
};

const capOwner = {
  member: 'That is more than you may spend',
  guild: 'That is more than this server may spend',
  bot: 'That is more than this bot may spend in all',
} as const;

function capSentence(refusal: Extract<Refusal, { reason: 'cap' }>): string {
  const { whose, cap, spent, needed, price, freesAt } = refusal;
  const fit = price > 0 ? Math.floor(Math.max(0, cap - spent) / price) : 0;
  return [
    `${capOwner[whose]} (${credits(cap)} in 24 h): ${spent} spent, ${needed} more needed.`,
    ...(price > cap ? ['Nothing can be made within this limit.'] : []),
    ...(freesAt === null ? [] : [`The next credit frees up ${relative(freesAt)}.`]),
    ...(fit > 0 ? [`${count(fit, 'picture')} would still fit.`] : []),
  ].join(' ');
}

/** A sentence of the provider's, which may come without its end. */
function quoted(detail: string): string {
  const text = escape(detail);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function back(held: number): string {
  return held > 0
    ? `Your ${credits(held)} ${held === 1 ? 'is' : 'are'} back.`
    : 'Nothing was spent.';
}

function uncertainSentence(failure: Failure): string {
  const what =
    failure.kind === 'bug'
      ? `Something went wrong on my side while your pictures were being made, sorry. Incident: \`${failure.incident ?? '?'}\`.`
      : failure.kind === 'stopped'
        ? 'I was interrupted while your pictures were being made.'
        : 'The image service did not answer as it should.';
  return `${what} It may still have been made but cannot be fetched; your credits are back.`;
}

function failureSentence(failure: Failure): string {
  switch (failure.kind) {
    case 'invalid':
      return `The image service does not accept this request${failure.detail ? `: ${quoted(failure.detail)}` : '.'}`;
    case 'refused':
      return `The image service refused the content${failure.detail ? `: ${quoted(failure.detail)}` : '.'} Try other words.`;
    case 'busy':
      return 'The image service is busy and did not take the request. Please try again in a few minutes.';
    case 'no-credits':
      return 'The bot’s account at the image service has no credits left. Whoever runs me has been told.';
    case 'unauthorized':
    case 'forbidden':
    case 'account-closed':
      return 'The image service does not accept the bot’s account. Whoever runs me has been told.';
    case 'unavailable':
    case 'protocol':
    case 'timeout':
      return 'The image service cannot be reached at the moment. Nothing was made; please try again in a few minutes.';
    case 'cancelled':
      return 'Cancelled.';
    case 'stopped':
      return 'I am being restarted and did not begin this one. Please ask again in a minute.';
    case 'expired':
      return 'I was away too long to finish this one. Please ask again.';
    case 'bug':
      return `Something went wrong on my side, sorry. Incident: \`${failure.incident ?? '?'}\`.`;
  }
}

function optionSentence(option: string, given: string, allowed: OptionAllows): string {
  const name = `\`${option}\``;
  const gave = /^[A-Za-z\d.-]*$/.test(given) ? given : escape(given);
  switch (allowed.kind) {
    case 'length':
      return `${name} must be ${allowed.min} to ${allowed.max.toLocaleString('en')} characters long; yours has ${allowed.length.toLocaleString('en')}.`;
    case 'integer':
      return `${name} must be a whole number from ${allowed.min} to ${allowed.max}; you gave ${gave}.`;
    case 'number':
      return `${name} must be a number from ${allowed.min.toFixed(1)} to ${allowed.max}; you gave ${gave}.`;
    case 'boolean':
      return `${name} must be True or False; you gave ${gave}.`;
  }
}
