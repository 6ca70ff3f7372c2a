import { allowedPictures } from '../domain/refusal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { textBody } from './body.ts';
import type { Body, Button } from './body.ts';
import { customId } from './custom-id.ts';
import type { Texts } from './texts.ts';

/** A draft that was kept, and whether its answer is for its member alone. */
export interface DraftRef {
  readonly id: string;
  readonly private: boolean;
}

/** Why a request is not done. Where a draft of what would be allowed is kept, a button runs that instead. */
export function refusalBody(texts: Texts, refusal: Refusal, draft?: DraftRef): Body {
  if (draft === undefined) return textBody(texts.refusal(refusal));
  const action = draft.private ? 'instead-private' : 'instead';
  const button: Button = {
    label: insteadLabel(texts, refusal),
    customId: customId({ command: 'imagine', action, ref: draft.id }),
  };
  return textBody(texts.refusal(refusal), [button]);
}

/** What the button does, as far as the refusal tells. */
function insteadLabel({ buttons }: Texts, refusal: Refusal): string {
  if (refusal.reason === 'not-honoured') {
    const [first, ...others] = refusal.options;
    if (first?.option === 'images' && first.allowed?.kind === 'integer' && others.length === 0)
      return buttons.fewer(first.allowed.max);
    return buttons.without(refusal.options.map(({ option }) => option));
  }
  return buttons.fewer(allowedPictures(refusal));
}
