import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { customId } from './custom-id.ts';
import type { DraftRef } from './refusal-body.ts';
import type { Texts } from './texts.ts';

export interface CompareConfirmView {
  /** What the button runs. */
  readonly draft: DraftRef;
  /** What each model would make, in order, and what that costs. */
  readonly models: readonly {
    readonly title: string;
    readonly images: number;
    readonly credits: number;
  }[];
}

/** What a comparison would cost, with the button that begins it. */
export function compareConfirmBody(texts: Texts, { draft, models }: CompareConfirmView): Body {
  const words = texts.comparison;
  const total = models.reduce((sum, { credits }) => sum + credits, 0);
  const lines = models.map(({ title, images, credits }) => words.model(title, images, credits));
  return textBody([words.ask(models.length), ...lines].join('\n'), [
    {
      label: words.begin(total),
      customId: customId({
        command: 'compare',
        action: draft.private ? 'run-private' : 'run',
        ref: draft.id,
      }),
    },
  ]);
}
