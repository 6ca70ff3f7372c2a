import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { EmbedType, MessageFlags } from 'discord-api-types/v10';
import { apiError, emptyMessage, invalidForm } from './api-error.ts';
import type { Problem } from './api-error.ts';
import { firstSecondVersion, numberComponents, walkComponents } from './component-tree.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { markOf, markedFile, replaceMedia } from './media.ts';
import { componentList, embedList } from './message-body.ts';
import type { MessageBody } from './message-body.ts';
import { planFiles } from './message-files.ts';
import type { Upload } from './read-body.ts';

/** What stands in a message. Addresses of its own files are kept as marks, see media.ts. */
export interface MessageContent {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files: readonly StoredFile[];
  readonly flags: number;
}

export interface Draft {
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  /** What the message was before, on an edit. */
  readonly before: MessageContent | undefined;
  /** The largest file, in bytes. */
  readonly sizeLimit: number;
  readonly forbiddenWords: readonly string[];
  /** Without the right to embed links, embeds are left out silently. */
  readonly embeds: boolean;
  readonly store: FileStore;
  /** Where new files lie, see {@link FileStore}. */
  readonly folder: string;
}

/** Flags that a bot may give a message besides being ephemeral. */
const settable =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/**
 * The message that a body makes, alone or over what was there before. Files are stored only when all
 * is well.
 *
 * @throws {ApiError} 40005, 50006, 50035, 200000
 */
export function composeMessage(draft: Draft): MessageContent {
  const { body, before, store } = draft;
  const plan = planFiles(draft);
  const kept = before?.flags ?? 0;
  const given = body.flags ?? kept;
  // The flag cannot be taken away, but flags that leave it out have the components read the old way.
  const flags = (given | (kept & MessageFlags.IsComponentsV2)) & settable;
  const secondVersion = (flags & MessageFlags.IsComponentsV2) !== 0;
  const readAsSecond = (given & MessageFlags.IsComponentsV2) !== 0;

  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const allEmbeds = body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []);
  const givenEmbeds = draft.embeds ? allEmbeds : [];
  const givenComponents =
    body.components === undefined ? (before?.components ?? []) : (body.components ?? []);

  const problems: Problem[] = [];
  if (secondVersion) {
    const legacy = {
      content: content !== '',
      embeds: givenEmbeds.length > 0,
      poll: body.poll !== undefined && body.poll !== null,
      sticker_ids: (body.sticker_ids ?? []).length > 0,
    };
    for (const [path, present] of Object.entries(legacy))
      if (present)
        problems.push({
          path,
          code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          message: `The '${path}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        });
  }
  const misread = readAsSecond ? undefined : firstSecondVersion(givenComponents);
  if (misread !== undefined)
    problems.push({
      path: `components[${misread}].type`,
      code: 'UNION_TYPE_CHOICES',
      message: 'Value of field "type" must be one of (1,) without MessageFlags.IS_COMPONENTS_V2',
    });

  // A mark is replaced by the file only at the end: until then new files have no id.
  const names = new Set(plan.names);
  const check = (url: string, path: string): string => {
    const id = markedFile(url) ?? store.find(url)?.id;
    if (id !== undefined && !plan.keeps(id)) problems.push(missing(path, url));
    const name = attachmentName(url);
    if (name !== undefined && !names.has(name)) problems.push(missing(path, url));
    if (name !== undefined && path.startsWith('embeds') && !/\.(jpe?g|png|webp|gif)$/i.test(name))
      problems.push({
        path,
        code: 'EMBED_ATTACHMENT_NOT_IMAGE',
        message: `An embed shows jpg, jpeg, png, webp and gif files only, not ${name}`,
      });
    return url;
  };
  replaceMedia({ embeds: givenEmbeds, components: givenComponents }, check);
  if (problems.length > 0) throw invalidForm(...problems);

  const bare = content.trim() === '' && givenEmbeds.length === 0 && plan.names.length === 0;
  if (secondVersion ? givenComponents.length === 0 : bare && givenComponents.length === 0)
    throw emptyMessage();
  const said = [content, ...embedTexts(givenEmbeds), ...componentTexts(givenComponents)]
    .join('\n')
    .toLowerCase();
  if (draft.forbiddenWords.some((word) => said.includes(word.toLowerCase())))
    throw apiError(200000);

  const files = plan.commit();
  const place = (url: string): string => {
    const name = attachmentName(url);
    const file =
      name === undefined ? store.find(url) : files.find(({ filename }) => filename === name);
    return file === undefined ? url : markOf(file);
  };
  const components = componentList.parse(replaceMedia(givenComponents, place));
  numberComponents(components);
  const embeds = embedList
    .parse(replaceMedia(givenEmbeds, place))
    .map((embed) => ({ ...embed, type: EmbedType.Rich }));
  return { content: content.trim(), embeds, components, files, flags };
}

function attachmentName(url: string): string | undefined {
  return url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
}

function missing(path: string, url: string): Problem {
  return {
    path,
    code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    message: `The referenced attachment '${url}' was not found on the message`,
  };
}

/** What can be read in embeds. */
export function embedTexts(embeds: readonly APIEmbed[]): string[] {
  return embeds
    .flatMap((embed) => [
      embed.author?.name,
      embed.title,
      embed.description,
      ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
      embed.footer?.text,
    ])
    .filter((text) => text !== undefined);
}

/** What can be read in text components. */
export function componentTexts(components: readonly unknown[]): string[] {
  return walkComponents(components)
    .filter((component) => component.type === 10)
    .map((component) => component.content)
    .filter((text) => typeof text === 'string');
}
