import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { generationId } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { generate } from '../src/generation/generate.ts';
import { atTheDoors, atTheQueue } from './imagine-doors.ts';
import { keptDraft, refusePress } from './kept-draft.ts';
import type { CommandParts } from './parts.ts';

/** Runs what a refusal offered to run instead. It is checked anew. */
export function instead(commandParts: CommandParts, isPrivate: boolean): ButtonHandler {
  return {
    answers: isPrivate ? 'private' : 'public',
    async press(press, answer) {
      const refused = await run(commandParts, press, isPrivate);
      if (refused) await refusePress(commandParts, press, answer, refused, isPrivate);
    },
  };
}

/** Returns what stops it before it begins; what stops it later is told already. */
async function run(
  commandParts: CommandParts,
  press: Press,
  isPrivate: boolean,
): Promise<Refusal | undefined> {
  const { parts } = commandParts;
  const draft = await keptDraft(parts, press, { private: isPrivate, compares: false });
  if ('reason' in draft) return draft;
  const passed = atTheDoors(commandParts, press, isPrivate);
  if ('reason' in passed) return passed;
  const { guildId } = passed;
  const asker = askerOf({ ...press, guildId });
  // By the draft's id, so that a second press does not ask a second time.
  const id = generationId(draft.id, 0);
  // A second press is told so even where the first fills the queue.
  if (await parts.store.find(id)) return { reason: 'asked-already' };
  const full = atTheQueue(commandParts, asker, await parts.settings.load(guildId));
  if (full) return full;
  const destination = destinationOf({ ...press, guildId }, isPrivate);
  const outcome = await generate(parts, { id, destination, asker, wish: draft.wish });
  return outcome === 'repeated' ? { reason: 'asked-already' } : undefined;
}
