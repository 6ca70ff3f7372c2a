import type { Answer } from '../src/discord/answer.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { textBody } from '../src/messages/body.ts';
import { textsFor } from '../src/messages/texts.ts';

type PressHandler = Extract<ButtonHandler, { press: unknown }>;

/**
 * A button or select of a private answer. A changed client can send its custom id from any message;
 * pressed on one that others see, it does nothing and is not known.
 */
export function onPrivateAnswer(handler: PressHandler): PressHandler {
  const { answers } = handler;
  return {
    answers,
    async press(press: Press, answer: Answer) {
      if (press.messageIsPrivate) return handler.press(press, answer);
      const told = textBody(textsFor(press.locale).refusal({ reason: 'gone' }));
      if (answers === 'update') await answer.followUpPrivately(told);
      else await answer.finish(told);
    },
  };
}
