import type { Caps } from '../domain/ledger.ts';
import { periodMs } from '../domain/rule.ts';
import type { GuildRules, Limit, LimitSubject } from '../domain/rule.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { cut } from './cut.ts';
import { offeredName } from './easel-offered.ts';
import type { Offered } from './easel-offered.ts';
import { fittingLines } from './fitting-lines.ts';
import type { Texts } from './texts.ts';

export interface OverviewView {
  readonly rules: GuildRules;
  /** Blocks that are in force. */
  readonly blocked: number;
  /** What the operator has set. */
  readonly operator: {
    readonly caps: Caps;
    readonly memberConcurrent: number;
    readonly memberQueue: number;
  };
  /** Whether the log channel could not be written to when it was last tried. */
  readonly logTroubled: boolean;
  /** Credits per picture, of the cheapest model and of the dearest. */
  readonly price: { readonly least: number; readonly most: number };
  readonly offered: Offered;
}

/** Of the 4000 characters that Discord takes in all. */
const limitUnits = 1000;
const channelsNamed = 15;
/** For the names of each kind; escaped they may be twice as long. */
const nameUnits = 200;

/** The rules that hold in a guild, from the operator's caps down; what is not set is not listed. */
export function overviewBody(texts: Texts, view: OverviewView): Body {
  const { show } = texts.easel;
  const { rules } = view;
  const { words, logChannelId, moderatorRoleId, stopped } = rules;
  const requests = show.requests(rules.requests);
  const dry = words.filter(({ dryRun }) => dryRun).length;
  const lines = [
    show.title,
    show.price(view.price.least, view.price.most),
    ...capLines(texts, view),
    ...limitLines(texts, rules.limits),
    ...(requests === '' ? [] : [requests]),
    ...channelLines(texts, rules),
    ...modelLines(texts, view),
    ...styleLines(texts, rules),
    ...(words.length === 0 ? [] : [show.words(words.length, dry)]),
    ...(logChannelId === null ? [] : [show.log(logChannelId, view.logTroubled)]),
    ...(moderatorRoleId === null ? [] : [show.moderators(moderatorRoleId)]),
    ...(view.blocked === 0 ? [] : [show.blocked(view.blocked)]),
    ...(stopped ? [show.stopped(stopped)] : []),
    ...notSet(texts, view),
  ];
  return textBody(lines.join('\n'));
}

function capLines({ easel: { show } }: Texts, { operator }: OverviewView): string[] {
  const caps = (['member', 'guild', 'bot'] as const).flatMap((whose) => {
    const cap = operator.caps[whose];
    return cap === null ? [] : [show.cap(show.capOf[whose], cap)];
  });
  return [
    show.capsTitle,
    ...(caps.length === 0 ? [show.noCaps] : caps),
    show.atOnce(operator.memberConcurrent, operator.memberQueue),
  ];
}

const order: readonly LimitSubject['kind'][] = ['guild', 'each-member', 'role', 'member'];

/** A line for each subject: the guild's first, then from many members to one. */
function limitLines({ easel }: Texts, limits: readonly Limit[]): string[] {
  if (limits.length === 0) return [];
  const bySubject = new Map<string, Limit[]>();
  for (const limit of limits.toSorted((a, b) => periodMs[a.period] - periodMs[b.period])) {
    const subject = JSON.stringify(limit.subject);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), limit]);
  }
  const lines = [...bySubject.values()].flatMap((each) => {
    const [first] = each;
    return first
      ? [{ kind: first.subject.kind, text: easel.show.limits(first.subject, each) }]
      : [];
  });
  const sorted = lines.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return [
    easel.show.limitsTitle,
    ...fittingLines(
      sorted.map(({ text }) => text),
      limitUnits,
      (n) => `- ${easel.more(n)}`,
    ),
  ];
}

function channelLines({ easel: { show } }: Texts, { channels }: GuildRules): string[] {
  if (channels.length === 0) return [];
  const everywhere = channels.find(({ channelId }) => channelId === null);
  const named = [true, false].flatMap((allowed) => {
    const ids = channels.flatMap((rule) =>
      rule.channelId !== null && rule.allowed === allowed ? [rule.channelId] : [],
    );
    const shown = ids.slice(0, channelsNamed);
    return shown.length > 0 ? [show.channels(allowed, shown, ids.length - shown.length)] : [];
  });
  return [
    show.channelsTitle,
    ...(everywhere ? [show.everywhere(everywhere.allowed)] : []),
    ...named,
  ];
}

function modelLines(texts: Texts, { rules, offered }: OverviewView): string[] {
  const { show } = texts.easel;
  const { providers, defaultModel, failover } = rules;
  const named = [true, false].flatMap((allowed) => {
    const names = providers
      .filter((rule) => rule.allowed === allowed)
      .map(({ key }) => offeredName(texts, offered, key));
    return names.length > 0 ? [show.models(allowed, fittingNames(texts, names))] : [];
  });
  const lines = [
    ...(defaultModel === null
      ? []
      : [show.defaultModel(cut(offeredName(texts, offered, defaultModel), nameUnits))]),
    ...named,
    ...(failover ? [show.failover] : []),
  ];
  return lines.length === 0 ? [] : [show.modelsTitle, ...lines];
}

function styleLines(texts: Texts, { styles }: GuildRules): string[] {
  if (styles.length === 0) return [];
  const names = styles.map(({ name }) => name);
  return [texts.easel.show.styles(styles.length, fittingNames(texts, names))];
}

function fittingNames({ easel }: Texts, names: readonly string[]): string[] {
  return fittingLines(names, nameUnits, easel.more);
}

/** One line on how to set what is not. */
function notSet({ easel: { show } }: Texts, { rules, offered }: OverviewView): string[] {
  const { mostPictures, running, waiting, coolDownSeconds } = rules.requests;
  const noRequests = [mostPictures, running, waiting, coolDownSeconds].every(
    (value) => value === null,
  );
  const commands = [
    ...(rules.limits.length === 0 ? ['limit set'] : []),
    ...(noRequests ? ['requests'] : []),
    ...(rules.channels.length === 0 ? ['channel deny'] : []),
    // Of one model there is nothing to choose.
    ...(offered.models.size > 1 && rules.defaultModel === null ? ['provider default'] : []),
    ...(offered.models.size > 1 && rules.providers.length === 0 ? ['provider deny'] : []),
    ...(offered.models.size > 1 && !rules.failover ? ['provider failover'] : []),
    ...(rules.styles.length === 0 ? ['style add'] : []),
    ...(rules.words.length === 0 ? ['word add'] : []),
    ...(rules.logChannelId === null ? ['log channel'] : []),
    ...(rules.moderatorRoleId === null ? ['moderators role'] : []),
  ];
  return commands.length === 0 ? [] : [show.notSet(commands)];
}
