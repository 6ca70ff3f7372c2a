import { ComponentType } from 'discord-api-types/v10';
import { body } from './body.ts';
import type { Body } from './body.ts';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';

/** An entry as it is posted, and the names of the files that belong to it. */
export interface PostedEntry {
  readonly text: string;
  readonly fileNames: readonly string[];
}

/** A message of the log channel: the entries, each with its pictures behind a spoiler. */
export function logChannelBody(entries: readonly PostedEntry[]): Body {
  return body(
    entries.flatMap(({ text, fileNames }): APIMessageTopLevelComponent[] => [
      { type: ComponentType.TextDisplay, content: text },
      ...(fileNames.length === 0
        ? []
        : [
            {
              type: ComponentType.MediaGallery as const,
              items: fileNames.map((name) => ({
                media: { url: `attachment://${name}` },
                spoiler: true,
              })),
            },
          ]),
    ]),
  );
}
