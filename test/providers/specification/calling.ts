import type { ProviderCall } from '../../../src/domain/provider.ts';

/** A call that is told nothing. */
export function calling(signal: AbortSignal = new AbortController().signal): ProviderCall {
  return { signal, record: () => Promise.resolve(), onLimits: () => undefined };
}
