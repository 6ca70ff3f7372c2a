import type { Answer } from '../src/discord/answer.ts';
import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { generationId } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { generate } from '../src/generation/generate.ts';
import { textBody } from '../src/messages/body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { atTheDoors, atTheQueue } from './imagine-doors.ts';
import type { CommandParts } from './parts.ts';

/** Runs the request that was refused with as many pictures as were allowed. It is checked anew. */
export function fewer(commandParts: CommandParts, isPrivate: boolean): ButtonHandler {
  return {
    answers: isPrivate ? 'private' : 'public',
    async press(press, answer) {
      const refused = await run(commandParts, press, isPrivate);
      if (refused) await refuse(commandParts, press, answer, refused, isPrivate);
    },
  };
}

/** Returns what stops it before it begins; what stops it later is told already. */
async function run(
  commandParts: CommandParts,
  press: Press,
  isPrivate: boolean,
): Promise<Refusal | undefined> {
  const { parts, provider, price } = commandParts;
  const draft = await parts.store.draft(press.ref, parts.clock.now());
  if (!draft || draft.guildId !== press.guildId || draft.private !== isPrivate)
    return { reason: 'gone' };
  if (draft.memberId !== press.memberId) return { reason: 'not-yours', needs: 'author' };
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
  const asked = { id, destination, asker, provider, request: draft.request, price };
  const outcome = await generate(parts, asked);
  return outcome === 'repeated' ? { reason: 'asked-already' } : undefined;
}

/** For the presser alone; of a public answer nothing stays. */
async function refuse(
  { parts }: CommandParts,
  press: Press,
  answer: Answer,
  refusal: Refusal,
  isPrivate: boolean,
): Promise<void> {
  parts.metrics.refusals.inc({ reason: refusal.reason });
  const { guildId } = press;
  if (guildId === null) await answer.finish(textBody(textsFor(press.locale).refusal(refusal)));
  else await parts.delivery.refuse(destinationOf({ ...press, guildId }, isPrivate), refusal);
}
