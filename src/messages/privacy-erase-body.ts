import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { customId } from './custom-id.ts';
import type { Texts } from './texts.ts';

/** Asks a member once more, having said what goes and what stays. */
export function privacyEraseBody(texts: Texts, memberId: string): Body {
  const yes = {
    label: texts.privacy.yes,
    customId: customId({ command: 'privacy', action: 'erase', ref: memberId }),
    danger: true,
  };
  return textBody(texts.privacy.ask, [yes]);
}
