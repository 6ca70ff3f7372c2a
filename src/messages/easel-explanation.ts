import type { LimitSubject, Period } from '../domain/rule.ts';
import { fittingLines } from './fitting-lines.ts';
import type { Texts } from './texts.ts';

interface UseView {
  readonly credits: number;
  readonly used: number;
  readonly left: number;
  /** ms since the epoch; `null` where nothing is spent. */
  readonly freesAt: number | null;
}

interface LimitView extends UseView {
  readonly subject: LimitSubject;
  readonly period: Period;
  /** Whether it decides, or what decides in its place. */
  readonly verdict:
    | 'decides'
    | 'own-limit-decides'
    | 'role-limit-decides'
    | 'other-role-decides'
    | 'shut-out-decides';
}

/** Every rule on credits that touches a member, and how far it is used. */
export interface ExplanationView {
  readonly limits: readonly LimitView[];
  readonly guildLimits: readonly LimitView[];
  readonly caps: readonly (UseView & { readonly whose: 'member' | 'guild' | 'bot' })[];
  readonly granted: number;
  readonly shutOutBy: string | null;
  readonly contentPause: { readonly count: number; readonly until: number } | null;
  readonly coolDown: { readonly seconds: number; readonly until: number | null } | null;
}

/** A member may have many roles, each with limits; Discord takes 4000 characters in all. */
const limitUnits = 1800;

/** The rules in lines, from the operator's caps down; what has passed at `now` (ms since the epoch) is left out. */
export function explanationLines(texts: Texts, view: ExplanationView, now: number): string[] {
  const { show, more } = texts.easel;
  const { member } = show;
  const limits = view.limits.map((limit) => limitLine(texts, limit));
  const guildLimits = view.guildLimits.map((limit) => limitLine(texts, limit));
  const granted = member.granted(view.granted);
  return [
    ...(view.shutOutBy === null ? [] : [member.shutOut(view.shutOutBy)]),
    ...(view.contentPause && view.contentPause.until > now
      ? [member.paused(view.contentPause.count, view.contentPause.until)]
      : []),
    show.capsTitle,
    ...(view.caps.length === 0 ? [show.noCaps] : []),
    ...view.caps.map((cap) => member.use(show.capOf[cap.whose], cap)),
    ...(guildLimits.length === 0 ? [] : [member.guildTitle, ...guildLimits]),
    ...(limits.length === 0
      ? [member.noLimits]
      : [member.limitsTitle, ...fittingLines(limits, limitUnits, (n) => `- ${more(n)}`)]),
    ...(granted === '' ? [] : [granted]),
  ];
}

function limitLine({ easel: { show } }: Texts, limit: LimitView): string {
  const { member } = show;
  // The guild's limits always hold, so nothing decides in their place.
  const verdict = limit.subject.kind === 'guild' ? '' : member.verdict[limit.verdict];
  return member.use(`${member.limitName(limit.subject, limit.period)}${verdict}`, limit);
}
