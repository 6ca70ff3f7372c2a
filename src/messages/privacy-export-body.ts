import { ComponentType } from 'discord-api-types/v10';
import { body } from './body.ts';
import type { Body } from './body.ts';

/** A text, and the file below it that comes with the message. */
export function privacyExportBody(text: string, fileName: string): Body {
  return body([
    { type: ComponentType.TextDisplay, content: text },
    { type: ComponentType.File, file: { url: `attachment://${fileName}` } },
  ]);
}
