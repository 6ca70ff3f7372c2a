import { Routes } from 'discord.js';
import { messageGone } from '../../src/discord/message-gone.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { ModerateGenerationView } from '../../src/messages/moderate-generation-body.ts';
import type { CommandParts } from '../parts.ts';

/** Whether the message of a generation can be gone to. Where Discord does not say that it is gone, it stands. */
export async function messageState(
  { rest }: Pick<CommandParts, 'rest'>,
  { delivery, destination, messageId }: Generation,
): Promise<ModerateGenerationView['message']> {
  if (delivery === 'deleted') return 'deleted';
  if (delivery !== 'posted' || messageId === null) return 'none';
  if (destination.private) return 'private';
  try {
    await rest.get(Routes.channelMessage(destination.channelId, messageId));
    return 'stands';
  } catch (error) {
    return messageGone(error) ? 'gone' : 'stands';
  }
}
