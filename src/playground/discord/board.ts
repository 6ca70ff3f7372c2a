import { MessageFlags } from 'discord-api-types/v10';
import type { MessageType } from 'discord-api-types/v10';
import type { Clock } from '../../clock.ts';
import type { Audience } from './event.ts';
import type { EventBus } from './event-bus.ts';
import type { FileStore } from './file-store.ts';
import type { Dispatch } from './gateway.ts';
import type { Interaction } from './interaction.ts';
import type { MessageContent } from './message-content.ts';
import { messageEventPayload } from './message-payload.ts';
import { isPlaceholder } from './message-store.ts';
import type { Message, MessageStore } from './message-store.ts';
import { seenMessage } from './seen-message.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Channel, User, World } from './world.ts';

export interface NewMessage {
  readonly channel: Channel;
  readonly type: MessageType;
  /** The bot unless given. */
  readonly author?: User;
  readonly content: MessageContent;
  readonly onlyFor?: User | undefined;
  readonly interaction?: Interaction | undefined;
  readonly nonce?: string | number | undefined;
  readonly replyTo?: string | undefined;
  readonly mentions: readonly string[];
  /** A deferred answer's placeholder. */
  readonly loading?: boolean;
}

/** Puts messages up, changes them and takes them down, and tells everybody. */
export interface Board {
  post(message: NewMessage): Message;
  /** Replaces the content; a placeholder becomes a message and keeps who sees it. */
  edit(message: Message, content: MessageContent, mentions: readonly string[]): Message;
  delete(message: Message): void;
}

const guildMessages = 1 << 9;
const directMessages = 1 << 12;

export function createBoard(parts: {
  readonly clock: Clock;
  readonly ids: Snowflakes;
  readonly world: World;
  readonly files: FileStore;
  readonly messages: MessageStore;
  readonly events: EventBus;
  dispatch(event: Dispatch): void;
}): Board {
  const { clock, ids, world, files, messages, events } = parts;

  const audience = (message: Message): Audience =>
    message.onlyFor === undefined ? 'channel' : { only: message.onlyFor.id };

  const dispatch = (t: string, message: Message, d: () => unknown): void => {
    const { guild } = message.channel;
    // The gateway tells the bot nothing of ephemeral messages.
    if (message.onlyFor !== undefined) return;
    parts.dispatch({
      t,
      d,
      intent: guild === undefined ? directMessages : guildMessages,
      ...(guild === undefined ? {} : { guildId: guild.id }),
    });
  };

  const tell = (type: 'message-created' | 'message-updated', message: Message): void => {
    messages.put(message);
    dispatch(type === 'message-created' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE', message, () =>
      messageEventPayload(message, world, files),
    );
    events.emit({
      type,
      message: seenMessage(message, files),
      audience: audience(message),
      interactionId: message.interaction?.id,
    });
  };

  return {
    post({ content, loading = false, ...facts }) {
      const message: Message = {
        ...content,
        id: ids.next(),
        channel: facts.channel,
        author: facts.author ?? world.bot,
        type: facts.type,
        createdAt: clock.now(),
        editedAt: undefined,
        onlyFor: facts.onlyFor,
        interaction: facts.interaction,
        nonce: facts.nonce,
        replyTo: facts.replyTo,
        mentions: facts.mentions,
        flags:
          content.flags |
          (facts.onlyFor === undefined ? 0 : MessageFlags.Ephemeral) |
          (loading ? MessageFlags.Loading : 0),
      };
      tell('message-created', message);
      return message;
    },
    edit(message, content, mentions) {
      const filled = isPlaceholder(message);
      const next: Message = {
        ...message,
        ...content,
        flags: content.flags | (message.flags & MessageFlags.Ephemeral),
        // Filling a placeholder is its first content, not an edit, and the only one that notifies.
        editedAt: filled ? undefined : clock.now(),
        mentions: filled ? mentions : message.mentions,
      };
      for (const file of message.files)
        if (!next.files.some(({ id }) => id === file.id)) files.remove(file);
      tell('message-updated', next);
      return next;
    },
    delete(message) {
      messages.delete(message);
      for (const file of message.files) files.remove(file);
      const { channel } = message;
      dispatch('MESSAGE_DELETE', message, () => ({
        id: message.id,
        channel_id: channel.id,
        ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
      }));
      events.emit({
        type: 'message-deleted',
        messageId: message.id,
        channelId: channel.id,
        audience: audience(message),
        interactionId: message.interaction?.id,
      });
    },
  };
}
