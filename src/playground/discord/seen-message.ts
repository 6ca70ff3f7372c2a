import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { walkComponents } from './component-tree.ts';
import type { AnyComponent } from './component-tree.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { shownFiles } from './media.ts';
import { componentTexts, embedTexts } from './message-content.ts';
import { rendered } from './message-payload.ts';
import { isPlaceholder } from './message-store.ts';
import type { Message } from './message-store.ts';
import type { SeenButton, SeenFile, SeenMessage } from './seen.ts';

/** A message as people see it, at this moment. */
export function seenMessage(message: Message, store: FileStore): SeenMessage {
  const { channel, interaction } = message;
  const { embeds, components } = rendered(message, store);
  const shown = shownFiles(message.embeds, message.components);
  const secondVersion = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  return {
    id: message.id,
    channelId: channel.id,
    guildId: channel.guild?.id,
    author: message.author.name,
    ephemeral: message.onlyFor !== undefined,
    thinking: isPlaceholder(message),
    content: message.content,
    text: [message.content, ...embedTexts(embeds), ...componentTexts(components)]
      .filter((line) => line !== '')
      .join('\n'),
    embeds,
    components,
    buttons: seenButtons(components),
    files: message.files.map((file) => seenFile(file, store, shown.has(file.id), secondVersion)),
    flags: message.flags,
    usedBy:
      interaction === undefined
        ? undefined
        : { person: interaction.user.name, command: interaction.command },
    mentions: message.mentions,
    replyTo: message.replyTo,
    createdAt: message.createdAt,
    editedAt: message.editedAt,
  };
}

function seenFile(
  file: StoredFile,
  store: FileStore,
  shownInside: boolean,
  secondVersion: boolean,
): SeenFile {
  return {
    id: file.id,
    filename: file.filename,
    contentType: file.contentType,
    description: file.description,
    spoiler: file.spoiler,
    // Read when asked for: most looks at a message are not about bytes or addresses.
    get bytes() {
      return store.bytes(file);
    },
    get url() {
      return store.url(file);
    },
    shownInside,
    visible: shownInside || !secondVersion,
  };
}

/** All buttons, in reading order. */
export function seenButtons(components: readonly APIMessageTopLevelComponent[]): SeenButton[] {
  return walkComponents(components)
    .filter((component) => component.type === ComponentType.Button)
    .map((button) => ({
      label: text(button, 'label') ?? '',
      emoji: emojiName(button.emoji),
      customId: text(button, 'custom_id'),
      url: text(button, 'url'),
      style: isStyle(button.style) ? button.style : ButtonStyle.Secondary,
      disabled: button.disabled === true,
    }));
}

function text(component: AnyComponent, key: string): string | undefined {
  const value = component[key];
  return typeof value === 'string' ? value : undefined;
}

function emojiName(emoji: unknown): string | undefined {
  if (typeof emoji !== 'object' || emoji === null || !('name' in emoji)) return undefined;
  return typeof emoji.name === 'string' ? emoji.name : undefined;
}

function isStyle(value: unknown): value is ButtonStyle {
  return typeof value === 'number' && value in ButtonStyle;
}
