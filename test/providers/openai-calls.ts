import { ProviderError, type Provider } from '../../src/domain/provider.ts';
import type { ImageRequest } from '../../src/domain/request.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import { startOpenai, type OpenaiStandIn } from '../../src/playground/openai/openai.ts';
import type { OpenaiServer } from '../../src/providers/openai/openai-servers.ts';
import { createOpenai, type OpenaiOptions } from '../../src/providers/openai/openai.ts';
import { createHurriedClock } from './hurried-clock.ts';

/** What is asked for where nothing else is said: the first model of the provider, one picture. */
export const plain: ImageRequest = {
  model: '',
  prompt: 'a lighthouse made of porcelain',
  images: 1,
  given: [],
};

/** A provider that asks what stands under an address, closed by whoever starts it. */
export function openaiAt(apiUrl: string, options: Partial<OpenaiOptions> = {}): Provider {
  return createOpenai({
    apiKey: undefined,
    apiUrl,
    server: 'openai',
    models: [],
    sidePixels: 1024,
    parallelJobs: 1,
    unfiltered: false,
    windows: [],
    timeoutMs: 60_000,
    clock: createHurriedClock(),
    ...options,
  });
}

/** A provider that asks a stand-in, with its key. */
export function openaiOf(standIn: OpenaiStandIn, options: Partial<OpenaiOptions> = {}): Provider {
  return openaiAt(standIn.apiUrl, { apiKey: standIn.key, server: standIn.server, ...options });
}

export function generate(
  provider: Provider,
  request: Partial<ImageRequest> = {},
  call: Partial<Parameters<Provider['generate']>[1]> = {},
): ReturnType<Provider['generate']> {
  return provider.generate(
    { ...plain, ...request },
    {
      signal: new AbortController().signal,
      record: () => Promise.resolve(),
      onLimits: () => undefined,
      ...call,
    },
  );
}

/** The error of a generation. */
export async function failure(
  provider: Provider,
  request: Partial<ImageRequest> = {},
  call: Partial<Parameters<Provider['generate']>[1]> = {},
): Promise<ProviderError> {
  const error: unknown = await generate(provider, request, call).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('no ProviderError', { cause: error });
  return error;
}

/** A stand-in that answers at once, and a provider that asks it. */
export async function startBoth(
  server: OpenaiServer,
  settings: Partial<Parameters<typeof startOpenai>[0]> = {},
  options: Partial<OpenaiOptions> = {},
): Promise<{ readonly api: OpenaiStandIn; readonly provider: Provider }> {
  const clock = createShiftedClock();
  const api = await startOpenai({ server, clock, latencyMs: 0, pictures: 'small', ...settings });
  return { api, provider: openaiOf(api, options) };
}

/** The body of one of the requests, the last one unless told. */
export function bodyOf(api: OpenaiStandIn, index = -1): unknown {
  return JSON.parse(api.requests.at(index)?.body ?? '');
}
