import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type {
  APIButtonComponentWithCustomId,
  APIMessageTopLevelComponent,
} from 'discord-api-types/v10';

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
export function textBody(text: string, buttons: readonly Button[] = []): Body {
  return body([{ type: ComponentType.TextDisplay, content: text }, ...row(buttons)]);
}

/** A row of buttons, or nothing. */
export function row(buttons: readonly Button[]): APIMessageTopLevelComponent[] {
  if (buttons.length === 0) return [];
  return [{ type: ComponentType.ActionRow, components: buttons.map(button) }];
}

function button({ label, customId, danger }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: danger ? ButtonStyle.Danger : ButtonStyle.Secondary,
    label,
    custom_id: customId,
  };
}
