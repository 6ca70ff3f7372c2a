import type { Faults } from '../../../src/playground/image-api/faults.ts';

/** The next request for pictures is answered with this status and, in the API's own envelope, these words. */
export function answers(
  status: number,
  message?: string,
  headers: Readonly<Record<string, string>> = {},
): (standIn: { readonly faults: Faults }) => void {
  return ({ faults }) => {
    faults.next({ kind: 'status', status, headers, ...(message === undefined ? {} : { message }) });
  };
}

/** Asks for a longer pause than any member is let wait. */
export const longPause = { 'retry-after': '600' } as const;
