import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { refusalBody } from '../messages/refusal-body.ts';
import { textsFor } from '../messages/texts.ts';
import { sleep } from '../schedule.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';

/** What another process does with an interaction shows long before; and if not, its answer replaces ours. */
const unansweredAfterMs = 60_000;

/**
 * For an interaction whose acknowledgement Discord had already: either another process has it in hand,
 * or our own first try was taken and only its answer was lost, and then nobody has. A placeholder that
 * nobody has filled after a minute becomes an apology, so that it does not stand for ever. Never throws.
 */
export async function endPlaceholder(
  tools: { readonly answers: Answers; readonly clock: Clock; readonly log: Log },
  call: Call,
  command: string,
): Promise<void> {
  const { answers, clock, log } = tools;
  await sleep(clock, unansweredAfterMs);
  if (call.tokenEndsAt <= clock.now()) return;
  try {
    const answer = answers.at(call);
    const { components } = await answer.original();
    // Every answer of ours is made of components; a placeholder alone has none.
    if (Array.isArray(components) && components.length > 0) return;
    const incident = clock.id().slice(0, 8);
    log.error(
      { incident, interaction: call.interactionId, command },
      'an interaction was acknowledged and then handled by nobody',
    );
    const texts = textsFor(call.locale);
    await answer.finish(refusalBody(texts, { reason: 'bug', incident, spentNothing: false }));
  } catch (error) {
    // A modal or choices have no placeholder, and a refusal takes its own away.
    log.debug({ err: error, interaction: call.interactionId }, 'no placeholder was ended');
  }
}
