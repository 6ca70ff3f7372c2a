import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type {
  APIButtonComponentWithCustomId,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
} from 'discord-api-types/v10';
import { cut } from './cut.ts';

/**
 * A message as it is sent to Discord: Components V2 throughout, so that text, pictures and summary
 * stand in one order on a phone and on a desk. Nobody is ever mentioned by it.
 */
export interface Body {
  readonly flags: number;
  readonly allowed_mentions: { readonly parse: [] };
  readonly components: APIMessageTopLevelComponent[];
  /** What is said of the files that come with it, by their number. */
  readonly attachments?: { readonly id: string; readonly description: string }[];
}

export interface Button {
  readonly label: string;
  /** `command:action:ref`, at most 100 characters. */
  readonly customId: string;
  readonly danger?: boolean;
}

/** A list to choose one of. Longer texts than Discord takes are cut. */
export interface Select {
  /** `command:action:ref`, at most 100 characters. */
  readonly customId: string;
  /** Shown while nothing is chosen, at most 150 characters. */
  readonly placeholder: string;
  /** At most 25. */
  readonly options: readonly SelectOption[];
}

export interface SelectOption {
  /** At most 100 characters. */
  readonly label: string;
  /** What the press brings, 1–100 characters, and no two the same. */
  readonly value: string;
  /** A second, smaller line, at most 100 characters. */
  readonly description?: string;
  /** It is what is chosen now. */
  readonly chosen?: boolean;
}

export function body(
  components: APIMessageTopLevelComponent[],
  attachments?: Body['attachments'],
): Body {
  return {
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: { parse: [] },
    components,
    ...(attachments ? { attachments } : {}),
  };
}

/** A message of text, with buttons below it if there are any. */
export function textBody(content: string, buttons: readonly Button[] = []): Body {
  return body([text(content), ...row(buttons)]);
}

/** A text among other components. */
export function text(content: string): APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content };
}

/**
 * The files that come with the message, each with the same alt text unless it is empty; or nothing.
 *
 * @param spoiler they are blurred until somebody presses on them
 */
export function gallery(
  fileNames: readonly string[],
  alt: string,
  spoiler = false,
): APIMessageTopLevelComponent[] {
  if (fileNames.length === 0) return [];
  return [
    {
      type: ComponentType.MediaGallery,
      items: fileNames.map((name) => ({
        media: { url: `attachment://${name}` },
        ...(alt === '' ? {} : { description: alt }),
        ...(spoiler ? { spoiler } : {}),
      })),
    },
  ];
}

/** A row of buttons, or nothing. */
export function row(buttons: readonly Button[]): APIMessageTopLevelComponent[] {
  if (buttons.length === 0) return [];
  return [{ type: ComponentType.ActionRow, components: buttons.map(button) }];
}

/** A row with a select, or nothing where there is nothing to choose. */
export function select({ customId, placeholder, options }: Select): APIMessageTopLevelComponent[] {
  if (options.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: customId,
          placeholder: cut(placeholder, 150),
          options: options.map(selectOption),
        },
      ],
    },
  ];
}

function selectOption({ label, value, description, chosen }: SelectOption): APISelectMenuOption {
  return {
    label: cut(label, 100),
    value,
    ...(description === undefined ? {} : { description: cut(description, 100) }),
    ...(chosen ? { default: true } : {}),
  };
}

function button({ label, customId, danger }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: danger ? ButtonStyle.Danger : ButtonStyle.Secondary,
    label,
    custom_id: customId,
  };
}
