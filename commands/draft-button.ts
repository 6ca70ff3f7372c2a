import type { Answer } from '../src/discord/answer.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { generationId } from '../src/domain/generation.ts';
import type { KeptDraft } from '../src/domain/guild-store.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { Parts } from '../src/generation/parts.ts';
import { textBody } from '../src/messages/body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { atTheDoors } from './imagine-doors.ts';
import type { CommandParts } from './parts.ts';

/** What a draft is run with. */
export interface DraftRun {
  readonly draft: KeptDraft;
  /** Of the first generation: by the draft's id, so that a second press does not ask a second time. */
  readonly id: string;
  readonly press: Press & { readonly guildId: string };
}

/**
 * A button that runs what was kept for it, once and for its member only. It is checked anew.
 *
 * @param wanted which drafts it runs: a changed client may send another's id
 * @param run says whether it was a repeat, or what stops it before it begins; what stops it later it has
 *   told itself
 */
export function draftButton(
  commandParts: CommandParts,
  wanted: { readonly private: boolean; readonly compares: boolean },
  run: (given: DraftRun) => Promise<'done' | 'repeated' | Refusal>,
): ButtonHandler {
  const isPrivate = wanted.private;
  async function runOnce(press: Press): Promise<'done' | 'repeated' | Refusal> {
    const draft = await keptDraft(commandParts.parts, press, wanted);
    if ('reason' in draft) return draft;
    const passed = atTheDoors(commandParts, press, isPrivate);
    if ('reason' in passed) return passed;
    const id = generationId(draft.id, 0);
    // A second press is told so even where the first fills the queue.
    if (await commandParts.parts.store.find(id)) return 'repeated';
    return run({ draft, id, press: { ...press, guildId: passed.guildId } });
  }
  return {
    answers: isPrivate ? 'private' : 'public',
    async press(press, answer) {
      const outcome = await runOnce(press);
      if (outcome === 'done') return;
      const refusal: Refusal = outcome === 'repeated' ? { reason: 'asked-already' } : outcome;
      await refuse(commandParts, press, answer, refusal, isPrivate);
    },
  };
}

/** What a button refers to, where it is still kept and belongs to whoever pressed; else why it is not run. */
async function keptDraft(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  press: Press,
  wanted: { readonly private: boolean; readonly compares: boolean },
): Promise<KeptDraft | Refusal> {
  const draft = await store.draft(press.ref, clock.now());
  if (!draft || draft.guildId !== press.guildId || draft.private !== wanted.private)
    return { reason: 'gone' };
  if (draft.models.length > 0 !== wanted.compares) return { reason: 'gone' };
  if (draft.memberId !== press.memberId) return { reason: 'not-yours', needs: 'author' };
  return draft;
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
