import { ComponentType } from 'discord-api-types/v10';
import { body, row } from './body.ts';
import type { Body } from './body.ts';
import { moderateButtons } from './moderate-buttons.ts';
import type { Texts } from './texts.ts';

/** What stands in place of a generation that a moderator looked at and deleted; its pictures go from it. */
export function moderateRemovedBody(
  texts: Texts,
  memberId: string,
  lines: readonly string[],
): Body {
  return body(
    [
      { type: ComponentType.TextDisplay, content: lines.join('\n') },
      ...row([{ label: texts.moderate.buttons.last, customId: moderateButtons.last(memberId) }]),
    ],
    [],
  );
}
