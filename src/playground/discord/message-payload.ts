import type {
  APIMessage,
  APIMessageInteractionMetadata,
  APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import { ChannelType, InteractionType, MessageReferenceType } from 'discord-api-types/v10';
import type { FileStore } from './file-store.ts';
import type { Interaction } from './interaction.ts';
import { markedFile, replaceMedia, shownFiles } from './media.ts';
import { componentList, embedList } from './message-body.ts';
import type { MessageContent } from './message-content.ts';
import type { Message } from './message-store.ts';
import { isoTime, memberFields, userPayload } from './payloads.ts';
import type { User, World } from './world.ts';

/** A message, its flags being a number. */
export type MessagePayload = Omit<APIMessage, 'flags'> & { readonly flags: number };

/** The embeds and components with real addresses in place of the marks. */
export function rendered(
  message: MessageContent,
  store: FileStore,
): Pick<APIMessage, 'embeds'> & { readonly components: APIMessageTopLevelComponent[] } {
  const fill = (url: string): string | Record<string, unknown> => {
    const id = markedFile(url);
    const file = message.files.find((candidate) => candidate.id === id);
    if (file === undefined) return url;
    const { url: address, proxy_url, width, height, content_type } = store.attachment(file);
    return { url: address, proxy_url, width, height, content_type, attachment_id: file.id };
  };
  const icon = (url: string): string => {
    const id = markedFile(url);
    const file = message.files.find((candidate) => candidate.id === id);
    return file === undefined ? url : store.url(file);
  };
  return {
    embeds: embedList.parse(
      replaceMedia(message.embeds, (url, path) =>
        path.endsWith('icon_url') ? icon(url) : fill(url),
      ),
    ),
    components: componentList.parse(replaceMedia(message.components, fill)),
  };
}

/**
 * A message as REST answers and events have it. Files that an embed or a component shows are left out
 * of `attachments`; `thread` is never null (discord.js cannot read that).
 * Source: resources/message, "Message Object".
 */
export function messagePayload(message: Message, world: World, store: FileStore): MessagePayload {
  const { channel, interaction } = message;
  const shown = shownFiles(message.embeds, message.components);
  const mentioned = message.mentions
    .map((id) => world.users.get(id))
    .filter((user) => user !== undefined);
  return {
    id: message.id,
    type: message.type,
    channel_id: channel.id,
    author: userPayload(message.author),
    // Without the intent for it the bot reads no contents but its own and those of direct messages.
    content: message.author === world.bot || channel.guild === undefined ? message.content : '',
    timestamp: isoTime(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : isoTime(message.editedAt),
    tts: false,
    mention_everyone: message.mentions.includes('everyone'),
    mentions: mentioned.map(userPayload),
    mention_roles: message.mentions.filter((id) => channel.guild?.roles.has(id) === true),
    attachments: message.files
      .filter((file) => !shown.has(file.id))
      .map((file) => store.attachment(file)),
    ...rendered(message, store),
    pinned: false,
    flags: message.flags,
    ...(message.replyTo === undefined
      ? {}
      : {
          message_reference: {
            type: MessageReferenceType.Default,
            channel_id: channel.id,
            message_id: message.replyTo,
            ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
          },
        }),
    ...(interaction === undefined
      ? {}
      : {
          application_id: world.bot.id,
          webhook_id: world.bot.id,
          interaction_metadata: interactionMetadata(interaction),
        }),
  };
}

/** The message of a menu, whose content is told whatever the intents are. */
export function wholeMessagePayload(
  message: Message,
  world: World,
  store: FileStore,
): MessagePayload {
  return { ...messagePayload(message, world, store), content: message.content };
}

/** A nonce is told in the answer to its message and in events, never when the message is read. */
export function withNonce(message: Message, payload: MessagePayload): MessagePayload {
  return message.nonce === undefined ? payload : { ...payload, nonce: message.nonce };
}

/** The fields that MESSAGE_CREATE and MESSAGE_UPDATE add. */
export function messageEventPayload(
  message: Message,
  world: World,
  store: FileStore,
): Record<string, unknown> {
  const { channel, author } = message;
  const member = channel.guild?.members.get(author.id);
  return {
    ...withNonce(message, messagePayload(message, world, store)),
    channel_type: channel.type,
    ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
    ...(member === undefined ? {} : { member: memberFields(member) }),
  };
}

/** Source: resources/message, "Message Interaction Metadata". */
export function interactionMetadata(interaction: Interaction): APIMessageInteractionMetadata {
  const base = {
    id: interaction.id,
    user: userPayload(interaction.user),
    authorizing_integration_owners: integrationOwners(interaction),
  };
  const { openedBy } = interaction;
  if (interaction.type === InteractionType.ModalSubmit && openedBy !== undefined) {
    const triggering = interactionMetadata(openedBy);
    if (triggering.type !== InteractionType.ModalSubmit)
      return {
        ...base,
        type: InteractionType.ModalSubmit,
        triggering_interaction_metadata: triggering,
      };
  }
  if (interaction.sourceId !== undefined)
    return {
      ...base,
      type: InteractionType.MessageComponent,
      interacted_message_id: interaction.sourceId,
    };
  return { ...base, type: InteractionType.ApplicationCommand };
}

/** Installed in the guild (key 0), or used in direct messages with the bot, where Discord says "0". */
export function integrationOwners(interaction: Pick<Interaction, 'channel'>): { '0': string } {
  const { guild, type } = interaction.channel;
  return { '0': type === ChannelType.DM || guild === undefined ? '0' : guild.id };
}

/** Everybody whom a text really notifies, after `allowed_mentions`. */
export function mentionsIn(
  text: string,
  allowed:
    | {
        readonly parse?: readonly string[] | undefined;
        readonly users?: readonly string[] | undefined;
        readonly roles?: readonly string[] | undefined;
      }
    | null
    | undefined,
  mayMentionEveryone: boolean,
  roles: ReadonlyMap<string, unknown>,
  users: ReadonlyMap<string, User>,
): string[] {
  const parses = (kind: string): boolean => allowed?.parse?.includes(kind) ?? allowed == null;
  const named = (pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].flatMap(([, id]) => (id === undefined ? [] : [id]));
  const found = new Set<string>();
  for (const id of named(/<@!?(\d+)>/g))
    if (users.has(id) && (parses('users') || allowed?.users?.includes(id) === true)) found.add(id);
  for (const id of named(/<@&(\d+)>/g))
    if (
      roles.has(id) &&
      mayMentionEveryone &&
      (parses('roles') || allowed?.roles?.includes(id) === true)
    )
      found.add(id);
  if (/@(everyone|here)\b/.test(text) && mayMentionEveryone && parses('everyone'))
    found.add('everyone');
  return [...found];
}
