import { problemOf } from '../../src/discord/problem.ts';

/**
 * Finishes an answer that holds a member's words; where AutoMod does not let them through, once more
 * without them.
 */
export async function finishWithPrompt(
  finish: (withoutPrompt: boolean) => Promise<unknown>,
): Promise<void> {
  try {
    await finish(false);
  } catch (error) {
    if (problemOf(error) !== 'text-blocked') throw error;
    await finish(true);
  }
}
