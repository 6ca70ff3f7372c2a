import type { MaybeSet, OptionAllows, Refusal, WordHit } from '../domain/refusal.ts';
import type { LimitSubject } from '../domain/rule.ts';
import { count, credits, moment, periodName, relative, subjectName } from './en-names.ts';
import { modelRefusalText } from './en-model-refusals.ts';
import { wordProblemText } from './en-word-problems.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const either = new Intl.ListFormat('en', { type: 'disjunction' });

/** Why a request is not done, with the rule that decided, the numbers, and when to come back. */
export function refusalText(refusal: Refusal): string {
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
    case 'limit':
      return limitSentence(refusal);
    case 'shut-out':
      return `Members with <@&${refusal.roleId}> may not ask for pictures on this server. That is the moderators’ rule; ask one of them. Nothing was spent.`;
    case 'too-many-pictures':
      return `On this server a request may have ${count(refusal.most, 'picture')} at most; you asked for ${refusal.asked}. Nothing was spent.`;
    case 'cool-down':
      return `On this server ${count(refusal.seconds, 'second')} must pass between two requests of yours. You can go on ${relative(refusal.until)}. Nothing was spent.`;
    case 'channel':
      return `The moderators do not allow pictures in this channel.${refusal.allowedIn.length > 0 ? ` Try ${either.format(refusal.allowedIn.map((id) => `<#${id}>`))}.` : ''} Nothing was spent.`;
    case 'words':
      return wordsSentence(refusal.hits);
    case 'blocked-here':
      return `This server’s moderators have blocked you from asking for pictures${refusal.until === null ? '' : ` until ${moment(refusal.until)}`}.${why(refusal.why)}`;
    case 'stopped':
      return `This server’s moderators have stopped pictures for now.${why(refusal.why)}`;
    case 'not-moderator':
      return refusal.needs === 'Manage Server'
        ? 'That is for those who set up this server: it needs the permission **Manage Server**.'
        : `That is for moderators: it needs the permission **${refusal.needs}**, or the role that this server’s moderators set for it.`;
    case 'above-operator':
      return `\`${refusal.option}\` may be ${refusal.most.toLocaleString('en')} at most; you gave ${refusal.given.toLocaleString('en')}. Whoever runs me has set that (${refusal.setting}), and no server can go above it. Nothing was changed.`;
    case 'not-set':
      return `There is no ${notSet[refusal.what]}, so nothing was changed.`;
    case 'no-change':
      return `${setSo[refusal.what]} already; nothing was changed.`;
    case 'too-many-rules':
      return `No more than ${refusal.most.toLocaleString('en')} ${manyOf[refusal.what]} can be kept. Remove some first; nothing was changed.`;
    case 'bad-word-rule':
      return badWordRuleSentence(refusal);
    case 'everyones-role':
      return 'Everybody has that role, so it cannot be the moderators’. Choose one that moderators alone have, for example @Moderators; nothing was changed.';
    case 'is-bot':
      return 'That is a bot. Bots cannot ask me for pictures, so there is nothing to set for one.';
    case 'cannot-post':
      return `I could not write in <#${refusal.channelId}>: I lack ${list.format(refusal.permissions.map((name) => `**${name}**`))} there. Allow it to me and try again; nothing was changed.`;
    case 'content-refusals':
      return `The image service’s content filter stopped ${count(refusal.count, 'request')} of yours within a day. So that it does not close this bot’s account, you can go on ${relative(refusal.until)}.`;
    case 'no-room':
      return 'I have no room to keep pictures safe at the moment, so I did not begin. Whoever runs me has been told. Nothing was spent.';
    case 'account-closed':
      return `The image service does not accept this bot’s account at the moment. That is for whoever runs me to mend, and they have been told. I try again ${relative(refusal.until)}. Nothing was spent.`;
    case 'unavailable':
    case 'not-honoured':
    case 'model-not-allowed':
    case 'no-model':
    case 'model-unsuitable':
    case 'unknown-style':
      return modelRefusalText(refusal);
    case 'style-words':
      return `The words of this style break this server’s own rules on words${refusal.hits.length > 0 ? `: ${hitsShown(refusal.hits)}` : ''}. Change them and try again; nothing was changed.`;
    case 'style-exists':
      return `There is a style called ${escape(refusal.style)} already. Change that one with \`/easel style edit\`, or choose another name; nothing was changed.`;
    case 'too-many-models':
      return `No more than ${count(refusal.most, 'model')} can be compared here at once; you named ${refusal.asked}. Nothing was spent.`;
    case 'price-changed':
      return `The prices have changed since then: it would be ${credits(refusal.credits)} now. Use the command again to see each. Nothing was spent.`;
    case 'age-restricted':
      return 'These pictures were asked for in an age-restricted channel, so I show them in such channels only. Use any command of mine there, and I offer them again.';
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
    case 'asked-already':
      return 'You have pressed that already: the pictures are on their way, or here.';
    case 'gone':
      return 'I do not know this request any more.';
    case 'bug':
      return `Something went wrong on my side, sorry.${refusal.spentNothing ? ' Nothing was spent.' : ''} Incident: \`${refusal.incident}\``;
  }
}

const notSet: Readonly<Record<MaybeSet, string>> = {
  limit: 'such limit',
  'channel-rule': 'rule set there',
  'word-rule': 'such rule on words',
  'log-channel': 'log channel',
  'moderator-role': 'moderators’ role',
  block: 'block of that member',
  grant: 'unspent granted credit of that member',
  'provider-rule': 'rule for that',
  'default-model': 'default model',
  style: 'such style',
};

const setSo: Readonly<Record<Extract<Refusal, { reason: 'no-change' }>['what'], string>> = {
  rule: 'It is set so',
  rules: 'They are set so',
  style: 'The style is so',
  stopped: 'Pictures are stopped',
  started: 'Pictures are on',
};

const manyOf: Readonly<Record<Extract<Refusal, { reason: 'too-many-rules' }>['what'], string>> = {
  limits: 'limits',
  channels: 'rules on channels',
  words: 'rules on words',
  blocks: 'blocks',
  styles: 'styles',
  providers: 'rules on models',
};

function badWordRuleSentence({
  text,
  problem,
}: Extract<Refusal, { reason: 'bad-word-rule' }>): string {
  const { why: reason, example } = wordProblemText(problem);
  return `${escape(cut(text, hitUnits))} cannot be a rule. ${reason} One that can: \`${example}\``;
}

/** Of many words that hit, so many are named. */
const hitsNamed = 5;
/** And of each so much is shown: a pattern may hit most of a prompt. */
const hitUnits = 60;

const capOwner = {
  member: 'That is more than you may spend',
  guild: 'That is more than this server may spend',
  bot: 'That is more than this bot may spend in all',
} as const;

function capSentence(refusal: Extract<Refusal, { reason: 'cap' }>): string {
  const { whose, cap, price } = refusal;
  return [
    `${capOwner[whose]} (${credits(cap)} in 24 h): ${sums(refusal)}`,
    ...neverFits(cap, price, refusal),
    ...comeBack(refusal),
  ].join(' ');
}

function limitSentence(refusal: Extract<Refusal, { reason: 'limit' }>): string {
  const { subject, period, limit, price, granted } = refusal;
  return [
    `The moderators’ limit ${limitOwner(subject)} is ${credits(limit)} per ${periodName[period]}: ${sums(refusal)}`,
    ...neverFits(limit, price, refusal),
    ...(granted > 0 ? [`Granted to you besides: ${credits(granted)}.`] : []),
    ...comeBack(refusal),
  ].join(' ');
}

function limitOwner(subject: LimitSubject): string {
  switch (subject.kind) {
    case 'member':
      return 'for you';
    case 'each-member':
      return 'for each member here';
    case 'role':
      return `for members with ${subjectName(subject)}`;
    case 'guild':
      return 'for this server in all';
  }
}

type Sums = Pick<
  Extract<Refusal, { reason: 'cap' }>,
  'spent' | 'needed' | 'freesAt' | 'backAt' | 'fits'
>;

const sums = ({ spent, needed }: Sums): string => `${spent} spent, ${needed} more needed.`;

function neverFits(limit: number, price: number, { needed }: Sums): string[] {
  if (price > limit) return ['Nothing can be made within this limit.'];
  return needed > limit ? ['So many at once never fit into it.'] : [];
}

function comeBack({ freesAt, backAt, fits }: Sums): string[] {
  return [
    ...(backAt === null
      ? freesAt === null
        ? []
        : [`The next credit frees up ${relative(freesAt)}.`]
      : [`There will be enough ${relative(backAt)}.`]),
    ...(fits > 0 ? [`${count(fits, 'picture')} would still fit.`] : []),
    'Nothing was spent.',
  ];
}

function wordsSentence(hits: readonly WordHit[]): string {
  // Where the words themselves may not be shown.
  if (hits.length === 0)
    return 'This server’s moderators do not allow some of these words here. Try other words; nothing was spent.';
  return `This server’s moderators do not allow these words here: ${hitsShown(hits)}. Try other words; nothing was spent.`;
}

function hitsShown(hits: readonly WordHit[]): string {
  const found = [...new Set(hits.map(({ found: part }) => part))].slice(0, hitsNamed);
  return found.map((part) => `||${escape(cut(part, hitUnits))}||`).join(', ');
}

const why = (reason: string | null): string =>
  reason === null
    ? ''
    : ` They say: ${/[.!?…]$/.test(reason) ? escape(reason) : `${escape(reason)}.`}`;

function optionSentence(option: string, given: string, allowed: OptionAllows): string {
  const name = `\`${option}\``;
  const gave = given === '' ? 'nothing' : /^[A-Za-z\d.-]*$/.test(given) ? given : escape(given);
  switch (allowed.kind) {
    case 'length':
      return `${name} must be ${allowed.min} to ${allowed.max.toLocaleString('en')} characters long; yours has ${allowed.length.toLocaleString('en')}.`;
    case 'integer':
      return `${name} must be a whole number from ${allowed.min.toLocaleString('en')} to ${allowed.max.toLocaleString('en')}; you gave ${gave}.`;
    case 'number':
      return `${name} must be a number from ${allowed.min} to ${allowed.max}; you gave ${gave}.`;
    case 'boolean':
      return `${name} must be True or False; you gave ${gave}.`;
    case 'choice':
      return `${name} must be ${either.format(allowed.choices)}; you gave ${gave}.`;
    case 'like':
      return `${name} must be ${allowed.what}, for example ${allowed.example}; you gave ${gave}.`;
    case 'picture':
      return `${name} must be a picture (${allowed.types.map((type) => type.replace('image/', '')).join(', ')}) of at most ${Math.floor(allowed.maxBytes / 1_000_000)} MB; you gave ${gave}.`;
    case 'different':
      return `${name} must be another one than those before it; you gave ${gave}.`;
    case 'only-with':
      return `${name} goes only with \`${allowed.other}\`; give that as well, or leave ${name} out.`;
  }
}
