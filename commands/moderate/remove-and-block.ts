import type { Answer } from '../../src/discord/answer.ts';
import type { Press } from '../../src/discord/call.ts';
import type { Generation } from '../../src/domain/generation.ts';
import { periodMs } from '../../src/domain/rule.ts';
import { moderateRemovedBody } from '../../src/messages/moderate-removed-body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { deleteGeneration } from '../delete-generation.ts';
import type { CommandParts } from '../parts.ts';

type Pressed = Press & { readonly guildId: string };

/** Deletes a generation's message and pictures, and blocks its member for a day if that is wanted. */
export async function removeAndBlock(
  commandParts: CommandParts,
  press: Pressed,
  answer: Answer,
  generation: Generation,
  andBlock: boolean,
): Promise<void> {
  const texts = textsFor(press.locale);
  // Blocked first: whatever becomes of the message, nothing more comes of this member.
  const blocked = andBlock ? [await blockForADay(commandParts, press, texts, generation)] : [];
  const removed = await remove(commandParts, press, texts, generation);
  const { memberId } = generation.destination;
  await answer.finish(moderateRemovedBody(texts, memberId, [removed, ...blocked]));
}

async function remove(
  commandParts: CommandParts,
  press: Pressed,
  texts: Texts,
  generation: Generation,
): Promise<string> {
  if (generation.delivery === 'deleted') return texts.moderate.deletedBefore;
  const { deleted, deletedTooLate, deletedNoAccess } = texts.moderate;
  const outcome = await deleteGeneration(commandParts, generation, press.memberId);
  return {
    deleted,
    'not-posted': texts.deletion['not-posted'],
    'too-late': deletedTooLate,
    'no-access': deletedNoAccess,
  }[outcome];
}

/** Two moderators may press on the same pictures; the second need not make the block some minutes longer. */
const sameBlockMs = 10 * 60_000;

/** What became of it, in words. A block that lasts as long already stays. */
async function blockForADay(
  { parts }: CommandParts,
  { guildId, memberId: by }: Pressed,
  texts: Texts,
  generation: Generation,
): Promise<string> {
  const { settings, clock, guildLog } = parts;
  const { memberId } = generation.destination;
  if (memberId === by) return texts.moderate.notBlockedSelf;
  const at = clock.now();
  const until = at + periodMs.day;
  const standing = (await settings.load(guildId)).blocks.get(memberId);
  if (standing && (standing.until === null || standing.until > until - sameBlockMs))
    return texts.moderate.blockedAlready(standing);
  const reason = texts.moderate.blockedWhy;
  const block = { memberId, until, reason, by, at };
  const changed = await settings.block(guildId, memberId, by, block);
  if ('refused' in changed) return texts.refusal(changed.refused);
  guildLog.wake(guildId);
  return texts.change(changed.change);
}
