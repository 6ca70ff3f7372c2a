import { describe, expect, test } from 'vitest';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import { readRateLimits } from '../../src/providers/rate-limits.ts';

const now = Date.UTC(2026, 10, 20, 10, 0, 0);
const nothing: RateLimitReading = {
  limit: undefined,
  remaining: undefined,
  resetMs: undefined,
  retryAfterMs: undefined,
  windows: [],
};
const minute = { limit: 120, windowMs: 60_000 };
const second = { limit: 4, windowMs: 1000 };

describe('the headers of an answer are read', () => {
  test.each<[string, Record<string, string>, Partial<RateLimitReading>]>([
    [
      "Claid's own, on a good answer (draft 03)",
      {
        'ratelimit-limit': '120, 120;w=60, 4;w=1',
        'ratelimit-remaining': '118',
        'ratelimit-reset': '32',
      },
      { limit: 120, remaining: 118, resetMs: 32_000, windows: [minute, second] },
    ],
    [
      "Claid's own, on a 429",
      {
        'ratelimit-limit': '4, 120;w=60, 4;w=1',
        'ratelimit-remaining': '-1',
        'ratelimit-reset': '1',
      },
      { limit: 4, remaining: -1, resetMs: 1000, windows: [minute, second] },
    ],
    ['a limit alone', { 'ratelimit-limit': '100' }, { limit: 100 }],
    [
      'a limit that is itself a policy',
      { 'ratelimit-limit': '100;w=60' },
      { limit: 100, windows: [{ limit: 100, windowMs: 60_000 }] },
    ],
    [
      'spaces and other parameters',
      { 'ratelimit-limit': ' 10 ,10 ; w=1 ; comment="a" ,  50;burst=5;W=60 ' },
      {
        limit: 10,
        windows: [
          { limit: 10, windowMs: 1000 },
          { limit: 50, windowMs: 60_000 },
        ],
      },
    ],
    [
      'policies in a header of their own (draft 04)',
      {
        'ratelimit-limit': '4',
        'ratelimit-policy': '120;w=60, 4;w=1',
        'ratelimit-remaining': '0',
        'ratelimit-reset': '1',
      },
      { limit: 4, remaining: 0, resetMs: 1000, windows: [minute, second] },
    ],
    [
      'all in one (draft 07)',
      { ratelimit: 'limit=4, remaining=0, reset=1', 'ratelimit-policy': '120;w=60,4;w=1' },
      { limit: 4, remaining: 0, resetMs: 1000, windows: [minute, second] },
    ],
    [
      'by name (draft 08)',
      {
        ratelimit: '"minute";r=50;t=30, "second";r=0;t=1',
        'ratelimit-policy': '"minute";q=120;w=60, "second";q=4;w=1',
      },
      { limit: 4, remaining: 0, resetMs: 1000, windows: [minute, second] },
    ],
    [
      'by name, equally exhausted: the longer wait counts',
      {
        ratelimit: '"second";r=0;t=1, "minute";r=0;t=30',
        'ratelimit-policy': '"minute";q=120;w=60, "second";q=4;w=1',
      },
      { limit: 120, remaining: 0, resetMs: 30_000, windows: [minute, second] },
    ],
    [
      'by a name without a policy',
      { ratelimit: '"other";r=3;t=9' },
      { remaining: 3, resetMs: 9000 },
    ],
    ['a wait in seconds', { 'retry-after': '7' }, { retryAfterMs: 7000 }],
    ['a wait of nothing', { 'retry-after': '0' }, { retryAfterMs: 0 }],
    [
      'a wait until a date',
      { 'retry-after': 'Fri, 20 Nov 2026 10:00:05 GMT' },
      { retryAfterMs: 5000 },
    ],
    [
      'a wait until a date in the past',
      { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' },
      { retryAfterMs: 0 },
    ],
    ['a wait of a year, as a day', { 'retry-after': '31536000' }, { retryAfterMs: 86_400_000 }],
    [
      'a reset in parts of a second',
      { 'ratelimit-reset': '0.5', 'ratelimit-remaining': '1' },
      { remaining: 1, resetMs: 500 },
    ],
    [
      'a reset that is an epoch: as none',
      { 'ratelimit-limit': '4', 'ratelimit-reset': '1795168800' },
      { limit: 4 },
    ],
    [
      'a reset in more than a day: as none',
      { 'ratelimit-limit': '4', 'ratelimit-reset': '86401' },
      { limit: 4 },
    ],
    [
      'a reset that is negative: as none',
      { 'ratelimit-limit': '4', 'ratelimit-reset': '-3' },
      { limit: 4 },
    ],
    [
      'windows that cannot be: without them',
      {
        'ratelimit-limit':
          '5, 0;w=1, 5;w=0, -5;w=60, x;w=60, 5;w=x, 5;w=, 5;w=999999999999, 5;w=60',
      },
      { limit: 5, windows: [{ limit: 5, windowMs: 60_000 }] },
    ],
    [
      "Stablecog's own: a limit without a window, and a reset that is an epoch",
      {
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '9',
        'x-ratelimit-reset': String(now / 1000 + 1),
      },
      { limit: 10, remaining: 9, resetMs: 1000 },
    ],
    [
      "Stablecog's own, on a 429",
      {
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(now / 1000 + 1),
        'retry-after': '1',
      },
      { limit: 10, remaining: 0, resetMs: 1000, retryAfterMs: 1000 },
    ],
    [
      'an epoch that is over by the time of a slow answer',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 - 60) },
      { remaining: 0, resetMs: 0 },
    ],
    [
      'an epoch in milliseconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 1500) },
      { remaining: 0, resetMs: 1500 },
    ],
    [
      'an epoch of another day: as none',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 86_401) },
      { remaining: 0 },
    ],
    [
      'an epoch of long ago: as none',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 - 86_401) },
      { remaining: 0 },
    ],
    [
      'a reset in seconds from now under the older name',
      { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '30' },
      { remaining: 3, resetMs: 30_000 },
    ],
    [
      'windows under the older name: only the limit',
      { 'x-ratelimit-limit': '100, 100;w=60', 'x-ratelimit-remaining': '98' },
      { limit: 100, remaining: 98 },
    ],
    [
      "OpenAI's own",
      {
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      { limit: 60, remaining: 59, resetMs: 1000 },
    ],
    ...[
      ['6m0s', 360_000],
      ['20ms', 20],
      ['2m59.56s', 179_560],
      ['1h0m1s', 3_601_000],
      ['1d', 86_400_000],
      ['7', 7000],
    ].map(([text, resetMs]): [string, Record<string, string>, Partial<RateLimitReading>] => [
      `a reset as ${text}`,
      { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': String(text) },
      { remaining: 0, resetMs: Number(resetMs) },
    ]),
    ...['soon', '1s ago', '-1s', 's', '1x', '1d1s', `${'9'.repeat(400)}s`, ''].map(
      (text): [string, Record<string, string>, Partial<RateLimitReading>] => [
        `a reset as “${text.slice(0, 10)}”: as none`,
        { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': text },
        { remaining: 0 },
      ],
    ),
    [
      'the standard ones, where there are others besides',
      {
        'ratelimit-remaining': '5',
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '9',
        'x-ratelimit-remaining-requests': '1',
      },
      { remaining: 5 },
    ],
    [
      'the plain ones before those of requests',
      { 'x-ratelimit-remaining': '2', 'x-ratelimit-limit-requests': '60' },
      { remaining: 2 },
    ],
    [
      'a wait beside the older ones',
      { 'x-ratelimit-remaining': '0', 'retry-after': '3' },
      { remaining: 0, retryAfterMs: 3000 },
    ],
  ])('%s', (_, headers, expected) => {
    expect(readRateLimits(headers, now)).toEqual({ ...nothing, ...expected });
  });
});

describe('headers that tell nothing', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['others', { 'x-ratelimit-bucket': '100', date: 'Fri, 20 Nov 2026 10:00:00 GMT' }],
    [
      'older ones that cannot be read',
      { 'x-ratelimit-limit': 'many', 'x-ratelimit-reset': 'soon', 'x-ratelimit-remaining': '' },
    ],
    ['empty ones', { 'ratelimit-limit': '', ratelimit: '', 'retry-after': ' ' }],
    [
      'words',
      { 'ratelimit-limit': 'many', 'ratelimit-remaining': 'some', 'ratelimit-reset': 'soon' },
    ],
    ['numbers that are none', { 'ratelimit-limit': 'NaN', 'ratelimit-remaining': '1e3' }],
    ['endless digits', { 'ratelimit-remaining': '9'.repeat(400), 'retry-after': '9'.repeat(400) }],
    ['a negative limit', { 'ratelimit-limit': '-4' }],
    ['a negative wait', { 'retry-after': '-5' }],
    ['a wait in words', { 'retry-after': 'a while, 2026' }],
    ['a day that is none', { 'retry-after': 'Mon, soon' }],
    [
      'separators',
      { 'ratelimit-limit': ',;,=;', ratelimit: ';;=,', 'ratelimit-policy': ';w=60,=' },
    ],
  ])('give no reading: %s', (_, headers) => {
    expect(readRateLimits(headers, now)).toBeUndefined();
  });
});
