import { ComponentType } from 'discord-api-types/v10';
import type { APIMessageComponent } from 'discord-api-types/v10';
import type { SeenButton, SeenFile, SeenMessage, SeenSelect } from '../discord/control.ts';
import { readMarkdown } from './markdown.ts';
import type { Reader, TextLine } from './markdown.ts';

/** What stands in a message, from top to bottom. */
export type Part =
  | { readonly kind: 'text'; readonly lines: readonly TextLine[] }
  | { readonly kind: 'pictures'; readonly files: readonly SeenFile[] }
  /** Anything that is offered for download. */
  | { readonly kind: 'file'; readonly file: SeenFile }
  | { readonly kind: 'buttons'; readonly buttons: readonly SeenButton[] }
  | { readonly kind: 'select'; readonly select: SeenSelect };

/** A message as its reader sees it, whether it is plain content or made of components. */
export function viewOf(message: SeenMessage, reader: Reader): Part[] {
  const loose = message.files.filter(({ visible, shownInside }) => visible && !shownInside);
  const content: Part[] =
    message.content === '' ? [] : [{ kind: 'text', lines: readMarkdown(message.content, reader) }];
  return [
    ...content,
    ...(loose.length > 0 ? [{ kind: 'pictures', files: loose } as const] : []),
    ...message.components.flatMap((component) => partsOf(component, message, reader)),
  ];
}

function partsOf(component: APIMessageComponent, message: SeenMessage, reader: Reader): Part[] {
  if (component.type === ComponentType.TextDisplay)
    return [{ kind: 'text', lines: readMarkdown(component.content, reader) }];
  if (component.type === ComponentType.MediaGallery) {
    const ids = component.items.map(({ media }) => media.attachment_id);
    return [{ kind: 'pictures', files: message.files.filter(({ id }) => ids.includes(id)) }];
  }
  if (component.type === ComponentType.File) {
    const { attachment_id: shown } = component.file;
    return message.files.filter(({ id }) => id === shown).map((file) => ({ kind: 'file', file }));
  }
  if (component.type === ComponentType.ActionRow) {
    const ids = component.components.map((each) => ('custom_id' in each ? each.custom_id : null));
    const buttons = message.buttons.filter(({ customId }) => ids.includes(customId ?? null));
    const select = message.selects.find(({ customId }) => ids.includes(customId));
    return [
      ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
      ...(select === undefined ? [] : [{ kind: 'select', select } as const]),
    ];
  }
  const inner = 'components' in component ? component.components : [];
  return inner.flatMap((each) => partsOf(each, message, reader));
}
