import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { Generation } from '../src/domain/generation.ts';
import { deliver } from '../src/generation/deliver.ts';
import { leaseMs } from '../src/generation/parts.ts';
import { remainingOf } from '../src/generation/terms.ts';
import type { CommandParts } from './parts.ts';

/**
 * Shows a member privately what could not be posted where it belongs.
 *
 * @returns false where it does not wait (any more)
 */
export async function showWaiting(
  { parts }: CommandParts,
  press: Press,
  generation: Generation,
): Promise<boolean> {
  const { store, clock, guildLog } = parts;
  const { id, destination } = generation;
  // The answer that shows them is this press's from now on: deleted by its token, and found by it again.
  const shown = destinationOf({ ...press, guildId: destination.guildId }, true);
  if (!(await store.claimWaiting(id, parts.owner, clock.now() + leaseMs, shown))) return false;
  const remaining = await remainingOf(parts, destination);
  // The guild's log told of them when they began to wait, and nobody else can open this message.
  const quietly = { ...parts, guildLog: { ...guildLog, note: () => undefined } };
  await parts.active.work(id, async () => {
    await deliver(quietly, [{ ...generation, destination: shown, delivery: 'pending' }], remaining);
  });
  return true;
}
