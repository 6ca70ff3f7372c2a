import type { Store } from '../domain/store.ts';
import type { Log } from '../log.ts';
import { textBody } from '../messages/body.ts';
import { generationButtons } from '../messages/custom-id.ts';
import { textsFor } from '../messages/texts.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';

/** One row of buttons. */
const offered = 5;

/**
 * After a command of theirs, offers a member what was made for them and could not be posted. Never
 * throws: it is tried again at the next command.
 */
export async function offerWaiting(
  { store, log }: { readonly store: Store; readonly log: Log },
  call: Call,
  answer: Answer,
): Promise<void> {
  if (call.guildId === null) return;
  try {
    const waiting = (await store.waitingFor(call.guildId, call.memberId)).slice(0, offered);
    const oldest = waiting[0];
    if (!oldest) return;
    const texts = textsFor(call.locale);
    const buttons = waiting.map(({ id }, index) => ({
      label: texts.buttons.show(index + 1, waiting.length),
      customId: generationButtons.show(id),
    }));
    await answer.followUpPrivately(
      textBody(texts.waiting.offer(waiting.length, oldest.createdAt), buttons),
    );
  } catch (error) {
    log.warn({ err: error, interaction: call.interactionId }, 'waiting pictures were not offered');
  }
}
