import type { Invocation, SeenMessage } from '../../../src/playground/discord/control.ts';

/** How a generation has ended. */
export type Ending = 'made' | 'unknown' | 'returned';

/** The words by which a member can tell. */
export const finalWords: Readonly<Record<Ending, RegExp>> = {
  made: /\d+ credits? spent/,
  unknown: /It may still have been made but cannot be fetched; your credits are back/,
  returned: /Your \d+ credits? (is|are) back/,
};

/**
 * The answer once it says how the request ended.
 *
 * @param limitMs how long that may take, in real time; 10 s unless told
 */
export function ended(invocation: Invocation, limitMs?: number): Promise<SeenMessage> {
  return invocation.waitFor(
    ({ answer }) =>
      answer &&
      !answer.thinking &&
      Object.values(finalWords).some((words) => words.test(answer.text)) &&
      answer,
    { what: 'an answer that says how it ended', ...(limitMs === undefined ? {} : { limitMs }) },
  );
}
