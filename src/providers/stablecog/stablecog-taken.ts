import type { ProviderResult } from '../../domain/provider.ts';
import { fetchable } from '../fetchable.ts';

/** Which pictures were handed over already, so that two requests alike never get the same ones. */
export interface Taken {
  has(address: string): boolean;
  /** @returns the result itself */
  note(result: ProviderResult): ProviderResult;
}

/** Those of the last thousand requests at least: far more than what is looked for can be old. */
const mostAddresses = 4000;

export function createTaken(): Taken {
  const addresses = new Set<string>();
  return {
    has: (address) => addresses.has(fetchable(address) ?? ''),
    note(result) {
      for (const picture of result.pictures)
        if (picture.kind === 'address') addresses.add(picture.url);
      for (const oldest of addresses) {
        if (addresses.size <= mostAddresses) break;
        addresses.delete(oldest);
      }
      return result;
    },
  };
}
