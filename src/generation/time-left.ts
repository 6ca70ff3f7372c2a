import type { Destination } from '../domain/destination.ts';
import type { Parts } from './parts.ts';

/** What is begun is only begun while its answer has at least this long to live. */
const tokenLeftMs = 5 * 60_000;

/** Whether pictures that are begun now can still come to where they were asked for. */
export function hasTimeLeft(
  { clock }: Pick<Parts, 'clock'>,
  { token, tokenEndsAt }: Destination,
): boolean {
  return token !== null && tokenEndsAt - clock.now() >= tokenLeftMs;
}
