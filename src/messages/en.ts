import type { Failure } from '../domain/failure.ts';
import type { OperatorNotice } from '../domain/operator.ts';
import type { Period } from '../domain/rule.ts';
import type { Warning } from '../domain/warning.ts';
import { changeText } from './en-change.ts';
import { aspectNames } from './en-aspects.ts';
import { easel } from './en-easel.ts';
import { log } from './en-log.ts';
import { moderate } from './en-moderate.ts';
import { count, credits, relative } from './en-names.ts';
import { refusalText } from './en-refusals.ts';
import { privacy } from './en-privacy.ts';
import { usage } from './en-usage.ts';
import { wordProblemText } from './en-word-problems.ts';
import { escape } from './escape.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** For the provider's support; it is made of letters, digits and a few signs, so it needs no escaping. */
const providerId = (id: string): string => `Provider’s request id: \`${id}\``;

/** Every word that people read, in English. Another language is another object of this type. */
export const en = {
  commands: {
    imagine: 'Make pictures from a text',
    compare: 'See what several models make of one text',
    compareOptions: {
      model: (n: number) => `Model number ${n}`,
      images: 'How many pictures of each model (1 if left out)',
    },
    usage: 'See what you have spent and what is left',
    choice: {
      model: (title: string, price: number) => `${title} · ${credits(price)} a picture`,
      ownStyle: (name: string) => `${name} · the model’s own`,
    },
    options: {
      prompt: 'What the pictures should show',
      images: (fallback: number) => `How many pictures (${fallback} if left out)`,
      model: 'Who paints: start typing to see what there is, and the price of a picture',
      aspect: 'The shape of the pictures',
      aspects: aspectNames,
      style: 'Words that this server puts around your text, or a style of the model’s own',
      negative: 'What the pictures should not show',
      seed: 'The same seed with the same text gives much the same pictures',
      guidance: 'How closely to follow the text; higher is stricter',
      steps: 'How long to refine; more is slower',
      scheduler: 'How the model removes the noise; for those who know',
      image: 'A picture of yours to start from',
      strength: 'How much that picture counts, as the model has it',
      spoiler: 'The pictures are hidden until somebody clicks on them',
      private: 'Only you see the pictures; so does the moderators’ log where there is one',
    },
  },
  buttons: {
    cancel: 'Cancel',
    delete: 'Delete',
    reallyDelete: 'Yes, delete',
    fewer: (pictures: number) => `Make ${count(pictures, 'picture')} instead`,
    without: (options: readonly string[]) =>
      options.length > 3 ? 'Make it without those' : `Make it without ${list.format(options)}`,
    show: (n: number, of: number) => (of === 1 ? 'Show my pictures' : `Show set ${n}`),
  },

  progress: {
    waiting: (position: number) =>
      position === 1 ? 'Next in line.' : `Number ${position} in line on this server.`,
    running: 'Painting …',
    comparing: (models: number) => `Painting with ${count(models, 'model')} …`,
    ready: (atMs: number) => `Expected ${relative(atMs)}.`,
    fetchingAgain:
      'Your pictures are made, but they cannot be fetched at the moment. I keep trying; they will appear here or in this channel.',
  },

  result: {
    pictures: (shown: number) => count(shown, 'picture'),
    settings: {
      style: (name: string) => `style ${name}`,
      guidance: (value: number) => `guidance ${value}`,
      steps: (value: number) => count(value, 'step'),
      seed: (value: number) => `seed ${value}`,
      image: (strength: number | undefined) =>
        strength === undefined ? 'from a picture' : `from a picture, strength ${strength}`,
    },
    negative: (words: string) => `Not to show: ${escape(words)}`,
    insteadOf: (title: string) =>
      `${escape(title)} could not be had just now, so another model stands in for it, at its own price.`,
    rewritten: (prompt: string) => `The image service worked with this text: ${escape(prompt)}`,
    warnings: {
      'steps-ignored':
        'The image service takes a number of steps, but always uses the model’s own.',
      'scheduler-replaced':
        'That scheduler does not go with this model, so the image service used another one.',
      'style-negative-left-out':
        'This model takes no text of what not to show, so that part of the style was left out.',
      'size-changed': 'The pictures came in another size than was asked for.',
      'prompt-rewritten': 'The image service wrote the text anew before it painted.',
    } satisfies Record<Warning, string>,
    spent: (spent: number) => `${credits(spent)} spent`,
    left: (left: number, of: number, period: Period) =>
      `${left} of ${of} left for you ${within[period]}`,
    granted: (n: number) => `${n} granted besides`,
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

  comparison: {
    ask: (models: number) => `Compare ${count(models, 'model')}? Each makes its own pictures:`,
    model: (title: string, images: number, price: number) =>
      `- ${escape(title)}: ${count(images, 'picture')}, ${credits(price)}`,
    begin: (total: number) => `Compare for ${credits(total)}`,
    spent: (spent: number) => `${credits(spent)} spent in all`,
    price: (spent: number) => credits(spent),
    took: (ms: number) => `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`,
  },

  failure: (failure: Failure, state: 'returned' | 'unknown', held: number): string => {
    const sentence =
      state === 'unknown'
        ? uncertainSentence(failure)
        : `${failureSentence(failure)} ${back(held)}`;
    return failure.requestId ? `${sentence}\n-# ${providerId(failure.requestId)}` : sentence;
  },

  refusal: refusalText,
  wordProblem: wordProblemText,

  change: changeText,
  easel,
  moderate,
  log,
  privacy,

  refusedAfterwards: 'Not done; whoever asked has been told why.',

  usage,

  deletion: {
    ask: 'Delete these pictures for good? The credits stay spent.',
    deleted: 'Deleted.',
    'not-posted':
      'Not deleted: these pictures are still being posted. Please try again in a minute.',
    'too-late': 'That took too long. Press **Delete** on the pictures again.',
    'no-access':
      'Not deleted: I may not see that channel any more. Somebody who manages messages there can delete it.',
  },
  waiting: {
    kept: 'These pictures are made and paid for, but they cannot be shown here. I offer them privately, at the next command of whoever asked.',
    offer: (n: number, atMs: number) =>
      `${n === 1 ? 'Pictures that you asked for' : `${n} sets of pictures that you asked for`} ${relative(atMs)} could not be posted then. They are paid for and still here:`,
  },

  operator: (notice: OperatorNotice): string => {
    switch (notice.kind) {
      case 'account-closed':
        return `${notice.provider} ${accountTrouble[notice.why]?.(notice.setting) ?? 'does not accept the account'}. I send it nothing for now and try again ${relative(notice.until)}.`;
      case 'provider-out':
        return `${notice.provider} has failed several times in a row${notice.why === '' ? '' : ` (lastly: ${escape(notice.why)})`}. I leave it alone for now; one request tries it again ${relative(notice.until)}.`;
      case 'provider-back':
        return `${notice.provider} answers again.`;
      case 'spend':
        return `${notice.spent} of the ${notice.cap} credits of BOT_CREDITS_PER_DAY are spent in the last 24 h.`;
      case 'no-room':
        return 'There is no room to keep pictures or records: the disk is full, or PICTURES_MAX_MB is reached. Requests are refused until there is room.';
    }
  },
} as const;

/** How long a window is, behind what is left in it. */
const within: Readonly<Record<Period, string>> = {
  hour: 'in 60 min',
  day: 'in 24 h',
  week: 'in 7 days',
  month: 'in 30 days',
};

const accountTrouble: Readonly<Record<string, (setting: string) => string>> = {
  unauthorized: (setting) => `says that the API key is wrong (401): check ${setting}`,
  forbidden: (setting) =>
    `says that the key in ${setting} may not do this (403)${setting === 'CLAID_API_KEY' ? ': it needs the scope image_editing' : ': the account may be closed or lack a permission'}`,
  'no-credits': () =>
    'says that no credits are left on the account: buy some, or wait for the next period',
};

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
      return 'The image service cannot do this at the moment. Nothing was made; please try again in a few minutes.';
    case 'withdrawn':
      return 'This model may not be used here any more: that was changed while you waited. Choose another one.';
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
