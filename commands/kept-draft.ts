import type { Answer } from '../src/discord/answer.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { KeptDraft } from '../src/domain/guild-store.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { Parts } from '../src/generation/parts.ts';
import { textBody } from '../src/messages/body.ts';
import { textsFor } from '../src/messages/texts.ts';
import type { CommandParts } from './parts.ts';

/** What a button refers to, where it is still kept and belongs to whoever pressed; else why it is not run. */
export async function keptDraft(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  press: Press,
  /** Which kind of draft the button is for: a changed client may send another's id. */
  wanted: { readonly private: boolean; readonly compares: boolean },
): Promise<KeptDraft | Refusal> {
  const draft = await store.draft(press.ref, clock.now());
  if (!draft || draft.guildId !== press.guildId || draft.private !== wanted.private)
    return { reason: 'gone' };
  if (draft.models.length > 0 !== wanted.compares) return { reason: 'gone' };
  if (draft.memberId !== press.memberId) return { reason: 'not-yours', needs: 'author' };
  return draft;
}

/** Refuses a press for the presser alone; of a public answer nothing stays. */
export async function refusePress(
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
