import { Routes } from 'discord.js';
import { messageGone } from '../src/discord/message-gone.ts';
import { problemOf } from '../src/discord/problem.ts';
import type { Generation } from '../src/domain/generation.ts';
import type { CommandParts } from './parts.ts';

/**
 * Removes a generation's message and pictures for good; the credits stay spent. Moderators see who did
 * it in the guild's log.
 *
 * @param by the id of whoever does it
 * @returns `too-late` where a private message cannot be reached any more, `no-access` where the bot may
 *   not see the channel any more; nothing was removed then
 */
export async function deleteGeneration(
  commandParts: CommandParts,
  generation: Generation,
  by: string,
): Promise<'deleted' | 'too-late' | 'no-access'> {
  const { store, pictures, guildLog, log } = commandParts.parts;
  const { id, destination } = generation;
  const removed = await removeMessage(commandParts, generation);
  if (removed !== 'deleted') return removed;
  await store.markDeleted(id);
  await pictures.delete(id);
  log.info({ generation: id, by }, 'pictures deleted');
  guildLog.note(destination.guildId, by, {
    kind: 'deletion',
    generationId: id,
    memberId: destination.memberId,
  });
  return 'deleted';
}

/** Removes the message with the pictures: by the press that asked, else (in a channel) by the bot's own right. */
async function removeMessage(
  { answers, rest }: CommandParts,
  { destination, messageId }: Generation,
): Promise<'deleted' | 'too-late' | 'no-access'> {
  try {
    const { token } = destination;
    if (token !== null) {
      // With the token of the press that asked, not with that of an answer still known.
      answers.forget(destination.interactionId);
      await answers.at({ ...destination, token }).remove();
      answers.forget(destination.interactionId);
      return 'deleted';
    }
  } catch (error) {
    if (messageGone(error)) return 'deleted';
    if (problemOf(error) !== 'token-ended') throw error;
  }
  if (destination.private || messageId === null) return 'too-late';
  try {
    await rest.delete(Routes.channelMessage(destination.channelId, messageId));
  } catch (error) {
    if (messageGone(error)) return 'deleted';
    if (problemOf(error) === 'no-access') return 'no-access';
    throw error;
  }
  return 'deleted';
}
