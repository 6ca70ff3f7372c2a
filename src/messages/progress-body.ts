import type { Progress } from '../domain/delivery.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { generationButtons } from './custom-id.ts';
import type { Texts } from './texts.ts';

/** What the answer shows while it waits or runs; it can be cancelled until it is sent. */
export function progressBody(texts: Texts, generationId: string, progress: Progress): Body {
  const ready =
    'readyAt' in progress && progress.readyAt !== null
      ? ` ${texts.progress.ready(progress.readyAt)}`
      : '';
  switch (progress.step) {
    case 'waiting':
      return textBody(`${texts.progress.waiting(progress.position)}${ready}`, [
        { label: texts.buttons.cancel, customId: generationButtons.cancel(generationId) },
      ]);
    case 'running':
      return textBody(`${texts.progress.running}${ready}`);
    case 'comparing':
      return textBody(texts.progress.comparing(progress.models), [
        { label: texts.buttons.cancel, customId: generationButtons.cancel(generationId) },
      ]);
    case 'fetching-again':
      return textBody(texts.progress.fetchingAgain);
  }
}
