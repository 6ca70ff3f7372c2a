import { expect } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { ProviderError, type Provider, type ProviderCall } from '../../src/domain/provider.ts';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import {
  startStablecog,
  type Stablecog,
  type StablecogOptions as StandInOptions,
} from '../../src/playground/stablecog/stablecog.ts';
import { createStablecog, type StablecogOptions } from '../../src/providers/stablecog/stablecog.ts';

export const prompt = 'a lighthouse made of porcelain';

/** A request for two pictures of FLUX.1. */
export const request: ImageRequest = {
  model: 'stablecog/flux.1',
  prompt,
  images: 2,
  seed: 4711,
  given: [],
};

/** Real time, but a pause of up to 15 s passes at once, and the time moves on by it. */
export function createLeapingClock(): Clock {
  const clock = createShiftedClock();
  return {
    ...clock,
    setTimer(run, afterMs) {
      if (afterMs > 0 && afterMs <= 15_000) setImmediate(() => clock.advance(afterMs));
      return clock.setTimer(run, afterMs);
    },
  };
}

/** A provider and the stand-in that it asks, with one clock. */
export interface Stage {
  readonly api: Stablecog;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly readings: RateLimitReading[];
  call(signal?: AbortSignal): ProviderCall;
  /** The body of the last POST. */
  sent(): Record<string, unknown>;
  /** Requests of a path that ends like this. */
  asked(end: string): number;
  close(): Promise<void>;
}

export async function setStage(
  options: {
    readonly api?: Partial<StandInOptions>;
    readonly provider?: Partial<StablecogOptions>;
    readonly clock?: Clock;
  } = {},
): Promise<Stage> {
  const clock = options.clock ?? createLeapingClock();
  const api = await startStablecog({
    clock,
    latencyMs: 0,
    windows: 'off',
    pictures: 'small',
    proxyTimeoutMs: Infinity,
    credits: 100,
    ...options.api,
  });
  const provider = createStablecog({
    apiKey: api.key,
    apiUrl: api.apiUrl,
    oldPaths: false,
    plan: 'free',
    windows: [{ limit: 5, windowMs: 1000 }],
    timeoutMs: 300_000,
    clock,
    ...options.provider,
  });
  const readings: RateLimitReading[] = [];
  return {
    api,
    provider,
    clock,
    readings,
    call: (signal = new AbortController().signal) => ({
      signal,
      record: () => Promise.resolve(),
      onLimits: (reading) => readings.push(reading),
    }),
    sent: () => bodyOf(api.requests.findLast(({ method }) => method === 'POST')?.body),
    asked: (end) => api.requests.filter(({ path }) => path.endsWith(end)).length,
    async close() {
      await api.close();
      await provider.close();
    },
  };
}

function bodyOf(text: string | undefined): Record<string, unknown> {
  const body: unknown = JSON.parse(text ?? 'null');
  if (typeof body !== 'object' || body === null) throw new Error('no body');
  return Object.fromEntries(Object.entries(body));
}

/** What went wrong. */
export async function failureOf(task: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await task.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}
