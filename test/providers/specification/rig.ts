import { expect, it, type TestAPI } from 'vitest';
import type { Model } from '../../../src/domain/model.ts';
import type { RateLimitReading } from '../../../src/domain/pace.ts';
import { ProviderError, type Provider, type ProviderResult } from '../../../src/domain/provider.ts';
import type { ImageRequest } from '../../../src/domain/request.ts';
import type { ReceivedRequest } from '../../../src/playground/image-api/api.ts';
import type { ImageApiStandIn } from '../../../src/playground/image-api/stand-in.ts';
import { createHastyClock, type HastyClock } from './hasty-clock.ts';
import { plainRequest } from './requested.ts';
import type { AdapterOptions, StandInOptions, Subject } from './subject.ts';

/** Longer than anything that is waited for here, but where it is the subject. */
export const timeoutMs = 3_600_000;

/** What a case works with: a stand-in and an adapter that asks it. */
export interface Rig {
  readonly subject: Subject;
  readonly standIn: ImageApiStandIn;
  readonly clock: HastyClock;
  readonly provider: Provider;
  /** Its default model. */
  readonly model: Model;
  /** One picture of the default model; the prompt is told apart by the number. */
  request(number?: number): ImageRequest;
  /** Another adapter, for the same stand-in unless told. Closed at the end. */
  open(options?: Partial<AdapterOptions>): Provider;
  /** Another stand-in instead, with an adapter that asks it. */
  restart(options: Partial<StandInOptions>): Promise<void>;
  generate(asked?: Partial<Asking>): Promise<ProviderResult>;
  /** The error of a generation; it throws where there is none. */
  failure(asked?: Partial<Asking>): Promise<ProviderError>;
  /** Sends what arrived once more, past the adapter, and with another text where it is a POST. */
  repeat(received: ReceivedRequest): Promise<Response>;
  /** The POSTs that arrived. */
  posts(): readonly ReceivedRequest[];
  /** What was told of the API's pace. */
  readonly readings: readonly RateLimitReading[];
  /** The jobs that were written down. */
  readonly jobs: readonly string[];
}

export interface Asking {
  readonly request: ImageRequest;
  readonly signal: AbortSignal;
  readonly provider: Provider;
  /** Besides writing the job down. */
  onRecord(): Promise<void>;
}

/**
 * A test with a rig of its own. At its end, whatever happened: no request was posted more often than
 * it was asked for, none was charged twice.
 *
 * @param options.refreshed the adapter has read its list of models, where its API has one
 */
export function onRig(
  subject: Subject,
  options: { readonly refreshed?: boolean } = {},
): TestAPI<{ readonly rig: Rig }> {
  return it.extend<{ readonly rig: Rig }>({
    // oxlint-disable-next-line no-empty-pattern -- how the runner learns what a fixture needs
    rig: async ({}, use) => {
      const { rig, end } = await setRig(subject);
      if (options.refreshed) await rig.provider.refresh?.(new AbortController().signal);
      try {
        await use(rig);
      } finally {
        await end();
      }
    },
  });
}

async function setRig(
  subject: Subject,
): Promise<{ readonly rig: Rig; readonly end: () => Promise<void> }> {
  const clock = createHastyClock();
  const readings: RateLimitReading[] = [];
  const jobs: string[] = [];
  const providers: Provider[] = [];
  const standIns: ImageApiStandIn[] = [];
  let generations = 0;

  async function start(options: Partial<StandInOptions>): Promise<ImageApiStandIn> {
    const standIn = await subject.startStandIn({ clock: clock.unhurried, ...options });
    standIns.push(standIn);
    return standIn;
  }

  function open(standIn: ImageApiStandIn, options: Partial<AdapterOptions> = {}): Provider {
    const { apiUrl, key } = standIn;
    const provider = subject.open({ apiUrl, apiKey: key, timeoutMs, clock, ...options });
    providers.push(provider);
    return provider;
  }

  let standIn = await start({});
  let provider = open(standIn);

  function generate(asked: Partial<Asking> = {}): Promise<ProviderResult> {
    generations += 1;
    return (asked.provider ?? provider).generate(asked.request ?? rig.request(), {
      signal: asked.signal ?? new AbortController().signal,
      async record(job) {
        jobs.push(job);
        await asked.onRecord?.();
      },
      onLimits: (reading) => readings.push(reading),
    });
  }

  const rig: Rig = {
    subject,
    clock,
    readings,
    jobs,
    get standIn() {
      return standIn;
    },
    get provider() {
      return provider;
    },
    get model() {
      return defaultModel(provider);
    },
    request: (number = 0) => plainRequest(defaultModel(provider), number),
    open: (options) => open(standIn, options),
    async restart(options) {
      standIn = await start(options);
      provider = open(standIn);
    },
    generate,
    failure: (asked) => failureOf(generate(asked)),
    repeat({ method, path, body }) {
      generations += method === 'POST' ? 1 : 0;
      return fetch(new URL(path, standIn.apiUrl), {
        method,
        headers: { 'content-type': 'application/json', ...subject.keyHeader(standIn.key) },
        ...(method === 'POST' ? { body: body?.replace('lighthouse', 'windmill') ?? '' } : {}),
      });
    },
    posts: () => standIn.requests.filter(({ method }) => method === 'POST'),
  };

  async function end(): Promise<void> {
    await Promise.all(standIns.map((one) => one.close()));
    await Promise.all(providers.map((one) => one.close()));
    const posts = standIns.flatMap(({ requests }) =>
      requests.filter(({ method }) => method === 'POST'),
    );
    expect(posts.length, 'posts').toBeLessThanOrEqual(generations);
    for (const one of standIns) {
      expect(one.postedTwice(), 'posted twice').toEqual([]);
      expect(one.books.chargedTwice(), 'charged twice').toEqual([]);
    }
  }
  return { rig, end };
}

/** The error of what must fail. */
export async function failureOf(task: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await task.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}

function defaultModel(provider: Provider): Model {
  const [first] = provider.models();
  if (first === undefined) throw new Error('no model');
  return first;
}
