import type { RateWindow } from '../domain/pace.ts';

/** How departures have to be spaced so that an API's windows never overflow. */
export interface Rule {
  /** Requests in the long window; Infinity where nothing is limited. */
  readonly limit: number;
  /** The longest window. */
  readonly windowMs: number;
  /** How long a departure counts: the long window and a margin for what requests are late. */
  readonly holdMs: number;
  /** How far back own departures are held against what an answer says was used. */
  readonly countMs: number;
  /** How closely two may follow each other at all. */
  readonly burstGapMs: number;
  readonly evenGapMs: number;
  /** How far departures may be ahead of an even pace, which lets some leave closely after a lull. */
  readonly aheadMs: number;
  /** How much of that is left to others. */
  readonly leftMs: number;
}

const unlimited: Rule = {
  limit: Infinity,
  windowMs: 0,
  holdMs: 0,
  countMs: 0,
  burstGapMs: 0,
  evenGapMs: 0,
  aheadMs: 0,
  leftMs: 0,
};

// Measured on sliding, fixed and counted windows and on buckets, 0.3 to 12 s latency: these leave no
// 429 and 99 % of the allowance. A gap of exactly w/n tolerates no jitter at all on the way.
const shortGapFactor = 1.4;
const evenGapFactor = 1.01;
const largestBurst = 20;
/** The part of the limit that a flood leaves to others. */
const keptPart = 1 / 20;
/** From this part of the limit on nothing is made up for: that the window is full is no lull. */
export const nearlyFullPart = 0.975;
/** So many of the newest departures are looked at; before them it is taken that all were ahead. */
export const lookedAt = 200;
/** What is later than an even pace by less than this part of a gap is late, and no lull. */
export const lullPart = 0.1;
const marginMs = 500;
const smallestMarginMs = 20;

/** The rule for an API's windows; no windows, no limit. Those of less than one request or no length do not count. */
export function ruleOf(windows: readonly RateWindow[]): Rule {
  const sorted = sortedWindows(windows);
  const long = sorted.at(-1);
  if (long === undefined) return unlimited;
  const burstGapMs = Math.max(
    0,
    ...sorted.slice(0, -1).map((window) => (shortGapFactor * window.windowMs) / window.limit),
  );
  const evenGapMs = Math.max((evenGapFactor * long.windowMs) / long.limit, burstGapMs);
  const burst = Math.min(largestBurst, Math.floor(long.limit / 6));
  const margin = Math.min(marginMs, Math.max(smallestMarginMs, long.windowMs / 120));
  return {
    limit: long.limit,
    windowMs: long.windowMs,
    holdMs: long.windowMs + margin,
    countMs: long.windowMs + 0.6 * margin,
    burstGapMs,
    evenGapMs,
    aheadMs: Math.max(0, burst - 1) * (evenGapMs - burstGapMs),
    leftMs: 0,
  };
}

/** For a flood while others ask for little: it never makes up for a lull, and keeps some of the window free. */
export function yielding(rule: Rule): Rule {
  const limit = rule.limit === Infinity ? Infinity : Math.ceil(rule.limit * (1 - keptPart));
  return { ...rule, limit, leftMs: rule.aheadMs };
}

/** Usable windows, the shortest first. */
export function sortedWindows(windows: readonly RateWindow[]): RateWindow[] {
  return windows
    .filter((window) => window.limit >= 1 && window.windowMs > 0)
    .toSorted((a, b) => a.windowMs - b.windowMs || b.limit - a.limit);
}

/** How many of the long window are ours when others use so many; never less than one, or nothing would be learnt. */
export function allowance(rule: Rule, foreign: number): number {
  return Math.max(1, rule.limit - foreign);
}

/**
 * When the next departure is allowed, not before `now`.
 *
 * @param departures of the last `holdMs`, oldest first
 */
export function earliest(
  rule: Rule,
  departures: readonly number[],
  foreign: number,
  now: number,
): number {
  const newest = departures.at(-1);
  if (newest === undefined || rule.limit === Infinity) return now;
  const ours = allowance(rule, foreign);
  const gapMs = Math.max(rule.evenGapMs, rule.holdMs / ours);
  // Others who use the key may use what a lull left.
  const isTight = foreign > 0 || (rule.leftMs === 0 && isNearlyFull(rule, departures.length));
  const aheadMs = isTight ? 0 : rule.aheadMs;
  const leadMs = leadOf(departures, gapMs, aheadMs);
  const mustHaveLeft = departures.at(-ours);
  return Math.max(
    now,
    newest + rule.burstGapMs,
    newest + gapMs + leadMs - Math.max(0, aheadMs - rule.leftMs),
    mustHaveLeft === undefined ? now : mustHaveLeft + rule.holdMs,
  );
}

function isNearlyFull({ limit }: Rule, departures: number): boolean {
  return departures >= nearlyFullPart * limit;
}

/** How far the departures are ahead of an even pace: a lull takes from that, but not a timer's delay. */
function leadOf(departures: readonly number[], gapMs: number, aheadMs: number): number {
  let leadMs = departures.length > lookedAt ? aheadMs : 0;
  let before = -Infinity;
  for (const at of departures.slice(-lookedAt)) {
    leadMs = before === -Infinity ? leadMs : Math.max(0, leadMs + gapMs - (at - before));
    if (leadMs > aheadMs - lullPart * gapMs) leadMs = aheadMs;
    before = at;
  }
  return leadMs;
}
