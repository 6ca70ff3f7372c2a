import type { RateLimitReading, RateWindow } from '../domain/pace.ts';

/** A longer wait is taken for a mistake (a reset given as an epoch, say) and for a day at most. */
const longestMs = 24 * 3_600_000;

/**
 * Reads what the headers of an answer tell about the API's pace, in any of the published shapes:
 * - draft-ietf-httpapi-ratelimit-headers-01…-03 (Claid's): `ratelimit-limit: 4, 120;w=60, 4;w=1`,
 *   `ratelimit-remaining: -1`, `ratelimit-reset: 1` (seconds from now);
 * - -04…-06: the windows in `ratelimit-policy: 120;w=60, 4;w=1`;
 * - -07: `ratelimit: limit=4, remaining=0, reset=1`;
 * - from -08: `ratelimit: "second";r=0;t=1` and `ratelimit-policy: "second";q=4;w=1`;
 * - where none of these is there, `x-ratelimit-limit`, `-remaining` and `-reset` (Stablecog's): the
 *   reset as seconds from now or as an epoch in seconds or milliseconds, told apart by size;
 * - where these are missing too, `x-ratelimit-limit-requests` and its like (OpenAI's), the reset as
 *   `6m0s` or `20ms`;
 * - `retry-after`: seconds or a date (RFC 9110).
 *
 * The `x-` headers never give windows: nobody says what time their limit is for, and Stablecog's is
 * twice the true one.
 *
 * What cannot be read is missing, never an error.
 *
 * @param headers names in lower case
 * @param now ms since the epoch, for dates and epochs
 * @returns `undefined` where the headers tell nothing
 */
export function readRateLimits(headers: Headers, now: number): RateLimitReading | undefined {
  const readings = [
    readStandard(headers),
    readOlder(headers, '', now),
    readOlder(headers, '-requests', now),
  ];
  const reading = readings.find(tells);
  const retryAfterMs = readRetryAfter(headers['retry-after'], now);
  if (reading === undefined && retryAfterMs === undefined) return undefined;
  return { ...(reading ?? nothing), retryAfterMs };
}

type Headers = Readonly<Record<string, string>>;
type Reading = Omit<RateLimitReading, 'retryAfterMs'>;

const nothing: Reading = {
  limit: undefined,
  remaining: undefined,
  resetMs: undefined,
  windows: [],
};

function tells({ windows, ...values }: Reading): boolean {
  return windows.length > 0 || Object.values(values).some((value) => value !== undefined);
}

function readStandard(headers: Headers): Reading {
  const policies = readPolicies(headers['ratelimit-policy']);
  const merged = readMerged(headers['ratelimit'], policies);
  const limits = readList(headers['ratelimit-limit']);
  const windows = [...policies, ...limits.map(toPolicy)].flatMap((policy) =>
    policy?.window === undefined ? [] : [policy.window],
  );
  return {
    limit: merged?.limit ?? notNegative(integer(limits[0]?.value)),
    remaining: merged?.remaining ?? integer(headers['ratelimit-remaining']),
    resetMs: merged?.resetMs ?? milliseconds(headers['ratelimit-reset']),
    windows,
  };
}

function readOlder(headers: Headers, of: '' | '-requests', now: number): Reading {
  return {
    limit: notNegative(integer(readList(headers[`x-ratelimit-limit${of}`])[0]?.value)),
    remaining: integer(headers[`x-ratelimit-remaining${of}`]),
    resetMs: untilReset(headers[`x-ratelimit-reset${of}`], now),
    windows: [],
  };
}

interface Item {
  /** Before the first `;`, without quotes. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

interface Policy {
  readonly name: string;
  readonly quota: number;
  readonly window: RateWindow | undefined;
}

function readList(header: string | undefined): Item[] {
  return (header ?? '').split(',').flatMap((text) => {
    const [value = '', ...rest] = text.split(';').map((part) => part.trim());
    if (value === '') return [];
    return [{ value: unquoted(value), parameters: new Map(rest.flatMap(pair)) }];
  });
}

function pair(text: string): [string, string][] {
  const at = text.indexOf('=');
  if (at < 1) return [];
  return [[text.slice(0, at).trim().toLowerCase(), unquoted(text.slice(at + 1).trim())]];
}

/** `120;w=60` and `"minute";q=120;w=60` say the same. */
function toPolicy(item: Item): Policy | undefined {
  const quota = integer(item.parameters.get('q') ?? item.value);
  const seconds = integer(item.parameters.get('w'));
  if (quota === undefined || quota < 1) return undefined;
  const windowMs = seconds === undefined ? 0 : seconds * 1000;
  const sound = windowMs > 0 && windowMs <= 31 * longestMs;
  return {
    name: item.value,
    quota,
    window: sound ? { limit: quota, windowMs } : undefined,
  };
}

function readPolicies(header: string | undefined): Policy[] {
  return readList(header).flatMap((item) => toPolicy(item) ?? []);
}

type Merged = Pick<RateLimitReading, 'limit' | 'remaining' | 'resetMs'>;

function readMerged(header: string | undefined, policies: readonly Policy[]): Merged | undefined {
  const items = readList(header);
  const fields = new Map(items.flatMap((item) => pair(item.value)));
  const remaining = integer(fields.get('remaining'));
  const limit = notNegative(integer(fields.get('limit')));
  if (remaining !== undefined || limit !== undefined) {
    return { limit, remaining, resetMs: milliseconds(fields.get('reset')) };
  }
  const named = items.flatMap(({ value, parameters }) => {
    const left = integer(parameters.get('r'));
    if (left === undefined) return [];
    const quota = policies.find((policy) => policy.name === value)?.quota;
    return [{ limit: quota, remaining: left, resetMs: milliseconds(parameters.get('t')) }];
  });
  // Of several policies the one that holds us up is meant: the least left, for the longest time.
  return named.sort((a, b) => a.remaining - b.remaining || (b.resetMs ?? 0) - (a.resetMs ?? 0))[0];
}

function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, longestMs);
  // Date.parse alone takes "-5" and the like for years.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(0, at - now), longestMs);
}

/** Seconds as milliseconds; more than a day is no delay but some other unit. */
function milliseconds(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (!/^\d{1,9}(\.\d+)?$/.test(trimmed)) return undefined;
  const ms = Number(trimmed) * 1000;
  return ms <= longestMs ? ms : undefined;
}

/** The year 2001 as an epoch; what is above it cannot be a delay. */
const oldestEpochSeconds = 1e9;

function untilReset(text: string | undefined, now: number): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (!/^\d{10,13}$/.test(trimmed)) return milliseconds(trimmed) ?? duration(trimmed);
  const value = Number(trimmed);
  const inMs = (value < oldestEpochSeconds * 1000 ? value * 1000 : value) - now;
  return Math.abs(inMs) <= longestMs ? Math.max(0, inMs) : undefined;
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['d', 24 * 3_600_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** As Go writes it: `6m0s`, `2m59.56s`, `20ms`. */
function duration(text: string): number | undefined {
  if (!/^(\d{1,9}(\.\d{1,9})?(ms|[dhms]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)([a-z]+)/g)];
  const ms = parts.reduce(
    (sum, [, n, unit]) => sum + Number(n) * (unitsMs.get(unit ?? '') ?? 0),
    0,
  );
  return ms <= longestMs ? Math.round(ms) : undefined;
}

function integer(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^-?\d{1,12}$/.test(trimmed) ? Number(trimmed) : undefined;
}

function notNegative(value: number | undefined): number | undefined {
  return value === undefined || value < 0 ? undefined : value;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}
