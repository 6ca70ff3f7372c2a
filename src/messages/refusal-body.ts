import { allowedPictures } from '../domain/refusal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { textBody } from './body.ts';
import type { Body, Button } from './body.ts';
import { customId } from './custom-id.ts';
import type { Texts } from './texts.ts';

/** A draft that was kept, and whether its answer is for its member alone. */
export interface RefusedDraft {
  readonly id: string;
  readonly private: boolean;
}

/**
 * Why a request is not done. Where a draft of it is kept and fewer pictures would be allowed, a button
 * runs it with as many as are.
 */
export function refusalBody(texts: Texts, refusal: Refusal, draft?: RefusedDraft): Body {
  const pictures = allowedPictures(refusal);
  if (draft === undefined || pictures === 0) return textBody(texts.refusal(refusal));
  const action = draft.private ? 'fewer-private' : 'fewer';
  const button: Button = {
    label: texts.buttons.fewer(pictures),
    customId: customId({ command: 'imagine', action, ref: draft.id }),
  };
  return textBody(texts.refusal(refusal), [button]);
}
