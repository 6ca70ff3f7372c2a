import { MessageFlags } from 'discord-api-types/v10';
import type { MessageType } from 'discord-api-types/v10';
import type { Interaction } from './interaction.ts';
import type { MessageContent } from './message-content.ts';
import { directPermissions, has, permissionsIn } from './permissions.ts';
import type { Channel, User } from './world.ts';

/** A message as it stands; an edit makes a new value of the same id. */
export interface Message extends MessageContent {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly type: MessageType;
  readonly createdAt: number;
  readonly editedAt: number | undefined;
  /** The one person who sees it, of an ephemeral message. */
  readonly onlyFor: User | undefined;
  /** The interaction that it answers; `undefined` for a message of the bot's own accord. */
  readonly interaction: Interaction | undefined;
  readonly nonce: string | number | undefined;
  readonly replyTo: string | undefined;
  /** Ids of the people and roles that it notified, and `everyone`. */
  readonly mentions: readonly string[];
}

export interface MessageStore {
  get(id: string): Message | undefined;
  /** Oldest first. */
  in(channel: Channel): readonly Message[];
  put(message: Message): void;
  delete(message: Message): void;
}

export function createMessageStore(): MessageStore {
  const byId = new Map<string, Message>();
  const byChannel = new Map<string, Map<string, Message>>();
  return {
    get: (id) => byId.get(id),
    in: (channel) => [...(byChannel.get(channel.id)?.values() ?? [])],
    put(message) {
      byId.set(message.id, message);
      const { id } = message.channel;
      const there = byChannel.get(id) ?? new Map<string, Message>();
      byChannel.set(id, there.set(message.id, message));
    },
    delete(message) {
      byId.delete(message.id);
      byChannel.get(message.channel.id)?.delete(message.id);
    },
  };
}

/** A deferred answer that has not been filled yet. */
export function isPlaceholder(message: Message): boolean {
  return (message.flags & MessageFlags.Loading) !== 0;
}

/** Whether somebody sees a message now. */
export function canSee(user: User, message: Message): boolean {
  const { channel, onlyFor } = message;
  if (onlyFor !== undefined && onlyFor.id !== user.id) return false;
  const permissions = channelPermissions(user, channel);
  if (!has(permissions, 'ViewChannel')) return false;
  return onlyFor !== undefined || has(permissions, 'ReadMessageHistory');
}

/** What somebody may do in a channel or in direct messages. */
export function channelPermissions(user: User, channel: Channel): bigint {
  if (channel.guild !== undefined) return permissionsIn(channel.guild, user.id, channel);
  return user.bot || channel.recipient?.id === user.id ? directPermissions : 0n;
}
