import { systemClock, type Clock } from '../../src/clock.ts';
import type { RateLimitReading } from '../../src/domain/pace.ts';
import { ProviderError } from '../../src/domain/provider.ts';
import type { Provider, ProviderCall, ProviderResult } from '../../src/domain/provider.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { kidjigModels, type KidjigSetting } from '../../src/kidjig-models.ts';
import { createKidjig, type KidjigOptions } from '../../src/providers/kidjig/kidjig.ts';

export const apiKey = 'kidjig-key-4711';
export const prompt = 'a lighthouse made of porcelain';

/** A setting as the operator would write it. */
export function settingOf(json: object): KidjigSetting {
  return kidjigModels.parse(JSON.stringify(json));
}

export function requestOf(more: Partial<ImageRequest> = {}): ImageRequest {
  return { model: '', prompt, images: 1, given: ['prompt'], ...more };
}

/** A clock whose pauses of up to 15 s pass at once, and do pass: longer timers fire when they are due. */
export interface LeapingClock extends Clock {
  /** The short pauses asked for, in order. */
  readonly pausesMs: readonly number[];
}

export function createLeapingClock(): LeapingClock {
  const pausesMs: number[] = [];
  const long = new Set<{ readonly dueAt: number; readonly run: () => void }>();
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  function leap(ms: number): void {
    offsetMs += ms;
    for (const timer of long) {
      if (timer.dueAt > now()) continue;
      long.delete(timer);
      timer.run();
    }
  }
  return {
    ...systemClock,
    now,
    pausesMs,
    setTimer(run, afterMs) {
      if (afterMs > 15_000) {
        const timer = { dueAt: now() + afterMs, run };
        long.add(timer);
        return () => void long.delete(timer);
      }
      pausesMs.push(afterMs);
      let cancelled = false;
      setImmediate(() => {
        if (cancelled) return;
        leap(afterMs);
        // Its own end may have come in the leap.
        setImmediate(() => {
          if (!cancelled) run();
        });
      });
      return () => {
        cancelled = true;
      };
    },
  };
}

/** An adapter and what it told on the way. */
export interface Stage {
  readonly provider: Provider;
  readonly clock: LeapingClock;
  /** The jobs that were recorded. */
  readonly recorded: string[];
  readonly readings: RateLimitReading[];
  readonly call: ProviderCall;
  generate(more?: Partial<ImageRequest>): Promise<ProviderResult>;
  resume(jobRef: string): Promise<ProviderResult>;
}

export function createStage(options: Partial<KidjigOptions> & { readonly apiUrl: string }): Stage {
  const clock = createLeapingClock();
  const provider = createKidjig({
    apiKey,
    setting: settingOf({ 'flux-pro-v1.1-ultra': { title: 'FLUX 1.1 Pro Ultra' } }),
    windows: [],
    timeoutMs: 600_000,
    clock,
    ...options,
  });
  const recorded: string[] = [];
  const readings: RateLimitReading[] = [];
  const call: ProviderCall = {
    signal: new AbortController().signal,
    record: (jobRef) => {
      recorded.push(jobRef);
      return Promise.resolve();
    },
    onLimits: (reading) => void readings.push(reading),
  };
  return {
    provider,
    clock,
    recorded,
    readings,
    call,
    generate: (more) => provider.generate(requestOf(more), call),
    async resume(jobRef) {
      if (provider.resume === undefined) throw new Error('it cannot resume');
      return provider.resume(jobRef, call);
    },
  };
}

/** The error of what fails. */
export async function failureOf(attempt: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}
