import { Routes } from 'discord.js';
import { messageGone } from '../src/discord/message-gone.ts';
import { problemOf } from '../src/discord/problem.ts';
import type { Generation } from '../src/domain/generation.ts';
import { groupOf } from '../src/generation/group-of.ts';
import type { CommandParts } from './parts.ts';

/**
 * Removes a generation's message and pictures for good; the credits stay spent. Moderators see who did
 * it in the guild's log.
 *
 * @param by the id of whoever does it
 * @returns `not-posted` where the pictures are still on their way, `too-late` where a private message
 *   cannot be reached any more, `no-access` where the bot may not see the channel any more; nothing was
 *   removed then
 */
export async function deleteGeneration(
  commandParts: CommandParts,
  generation: Generation,
  by: string,
): Promise<'deleted' | 'not-posted' | Kept> {
  const { store, pictures, guildLog, log } = commandParts.parts;
  // A comparison has one message for all of its models.
  const made = (await groupOf(commandParts.parts, generation)).filter(
    ({ state }) => state === 'made',
  );
  // A post under way would bring the pictures back.
  if (made.some(({ delivery }) => delivery === 'pending' || delivery === 'posting'))
    return 'not-posted';
  const removed = await removeMessage(commandParts, made[0] ?? generation);
  if (removed !== 'deleted') return removed;
  for (const { id, destination } of made) {
    await store.markDeleted(id);
    await pictures.delete(id);
    log.info({ generation: id, by }, 'pictures deleted');
    guildLog.note(destination.guildId, by, {
      kind: 'deletion',
      generationId: id,
      memberId: destination.memberId,
    });
  }
  return 'deleted';
}

/** Why a message stays. */
type Kept = 'too-late' | 'no-access';

/** Removes the message with the pictures: by the press that asked, else (in a channel) by the bot's own right. */
async function removeMessage(
  commandParts: CommandParts,
  generation: Generation,
): Promise<'deleted' | Kept> {
  const { destination, messageId } = generation;
  const byToken = await removeByToken(commandParts, generation);
  if (byToken === 'deleted') return 'deleted';
  // A token knows its own messages only: to another's it says that there is none.
  if (destination.private || messageId === null) return byToken === 'gone' ? 'deleted' : 'too-late';
  try {
    await commandParts.rest.delete(Routes.channelMessage(destination.channelId, messageId));
  } catch (error) {
    if (messageGone(error)) return 'deleted';
    if (problemOf(error) === 'no-access') return 'no-access';
    throw error;
  }
  return 'deleted';
}

/** The message itself where its id is known: what a token first answered with may be another. */
async function removeByToken(
  { answers, rest }: CommandParts,
  { destination, messageId }: Generation,
): Promise<'deleted' | 'gone' | 'no-token'> {
  const { token, applicationId, interactionId } = destination;
  if (token === null) return 'no-token';
  // With the token of the press that asked, not with that of an answer still known.
  answers.forget(interactionId);
  try {
    if (messageId === null || destination.private)
      await answers.at({ ...destination, token }).remove();
    else await rest.delete(Routes.webhookMessage(applicationId, token, messageId), { auth: false });
    return 'deleted';
  } catch (error) {
    if (messageGone(error)) return 'gone';
    if (problemOf(error) === 'token-ended') return 'no-token';
    throw error;
  } finally {
    answers.forget(interactionId);
  }
}
