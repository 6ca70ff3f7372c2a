import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { ButtonStyle, ComponentType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { walkComponents } from './component-tree.ts';
import type { AnyComponent } from './component-tree.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { Interaction } from './interaction.ts';
import { shownFiles } from './media.ts';
import { componentTexts, embedTexts } from './message-content.ts';
import { rendered } from './message-payload.ts';
import { isPlaceholder } from './message-store.ts';
import type { Message } from './message-store.ts';
import { seenSelects } from './seen-selects.ts';
import type { SeenButton, SeenFile, SeenMessage } from './seen.ts';

/** A message as people see it, at this moment. */
export function seenMessage(message: Message, store: FileStore): SeenMessage {
  const { channel, interaction } = message;
  const { embeds, components } = rendered(message, store);
  const shown = shownFiles(message.embeds, message.components);
  const covered = coveredFiles(components);
  const secondVersion = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  return {
    id: message.id,
    channelId: channel.id,
    guildId: channel.guild?.id,
    author: message.author.name,
    byBot: message.author.bot,
    ephemeral: message.onlyFor !== undefined,
    thinking: isPlaceholder(message),
    content: message.content,
    text: [message.content, ...embedTexts(embeds), ...componentTexts(components)]
      .filter((line) => line !== '')
      .join('\n'),
    embeds,
    components,
    buttons: seenButtons(components),
    selects: seenSelects(components),
    files: message.files.map((file) =>
      seenFile(file, store, {
        shownInside: shown.has(file.id),
        secondVersion,
        covered: covered.has(file.id),
      }),
    ),
    flags: message.flags,
    usedBy:
      interaction === undefined
        ? undefined
        : { person: interaction.user.name, command: interaction.command },
    how: interaction && howOf(interaction),
    mentions: message.mentions,
    replyTo: message.replyTo,
    createdAt: message.createdAt,
    editedAt: message.editedAt,
  };
}

function howOf({ type, inMenu }: Interaction): SeenMessage['how'] {
  if (type === InteractionType.MessageComponent) return 'component';
  if (type === InteractionType.ModalSubmit) return 'form';
  return inMenu ? 'menu' : 'command';
}

function seenFile(
  file: StoredFile,
  store: FileStore,
  {
    shownInside,
    secondVersion,
    covered,
  }: { readonly shownInside: boolean; readonly secondVersion: boolean; readonly covered: boolean },
): SeenFile {
  return {
    id: file.id,
    filename: file.filename,
    contentType: file.contentType,
    description: file.description,
    spoiler: file.spoiler || covered,
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

/** The files that a gallery covers. */
function coveredFiles(components: readonly APIMessageTopLevelComponent[]): Set<string> {
  return new Set(
    walkComponents(components)
      .flatMap(({ items }): unknown[] => (Array.isArray(items) ? items : []))
      .map((item) => galleryItem.safeParse(item).data?.media.attachment_id)
      .filter((id) => id !== undefined),
  );
}

const galleryItem = z.looseObject({
  spoiler: z.literal(true),
  media: z.looseObject({ attachment_id: z.string() }),
});

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
