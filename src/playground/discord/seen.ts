import type { APIEmbed, APIMessageTopLevelComponent, ButtonStyle } from 'discord-api-types/v10';

/** A file of a message, with the bytes that were uploaded. */
export interface SeenFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  /** The alt text. */
  readonly description: string | undefined;
  /** Covered until it is tapped. */
  readonly spoiler: boolean;
  readonly bytes: Uint8Array;
  /** Signed, on the stand-in's own attachment server; works for 24 hours. */
  readonly url: string;
  /** An embed or a component shows it, so Discord leaves it out of the message's `attachments`. */
  readonly shownInside: boolean;
  /** False for a file of a components-v2 message that no component shows: people never see it. */
  readonly visible: boolean;
}

/** A button as it stands in a message. */
export interface SeenButton {
  readonly label: string;
  readonly emoji: string | undefined;
  /** `undefined` for link buttons, which nobody's press reaches the bot. */
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly style: ButtonStyle;
  readonly disabled: boolean;
}

/** A select as it stands in a message. */
export interface SeenSelect {
  readonly customId: string;
  readonly placeholder: string | undefined;
  /** Empty for those of people, roles and channels. */
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly description: string | undefined;
    readonly chosen: boolean;
  }[];
  readonly disabled: boolean;
}

/** A message at one moment, as a person sees it; a later edit makes a new one. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  /** `undefined` in direct messages. */
  readonly guildId: string | undefined;
  /** The name of who wrote it, and whether that is the bot. */
  readonly author: string;
  readonly byBot: boolean;
  /** Only the member who was answered sees it. */
  readonly ephemeral: boolean;
  /** A deferred answer's placeholder ("… is thinking"). */
  readonly thinking: boolean;
  readonly content: string;
  /** Everything that can be read in it: content, embeds and text components, one per line; no button labels. */
  readonly text: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  /** All buttons, in reading order, however deep they stand. */
  readonly buttons: readonly SeenButton[];
  /** All selects, in reading order. */
  readonly selects: readonly SeenSelect[];
  /** Every file, in the order it stands in the message, also those that `attachments` leaves out. */
  readonly files: readonly SeenFile[];
  readonly flags: number;
  /** The "used /imagine" line: who used what. `undefined` on other messages. */
  readonly usedBy: { readonly person: string; readonly command: string | undefined } | undefined;
  /** How it came about; `undefined` on messages of the bot's own accord, and on people's. */
  readonly how: 'command' | 'menu' | 'component' | 'form' | undefined;
  /** Ids of the people who were really notified by it. */
  readonly mentions: readonly string[];
  readonly replyTo: string | undefined;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly editedAt: number | undefined;
}
