import type { Answer } from '../../src/discord/answer.ts';
import type { Press } from '../../src/discord/call.ts';
import type { Parts } from '../../src/generation/parts.ts';
import { textBody } from '../../src/messages/body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { CommandParts } from '../parts.ts';

/** Removes what is stored about whoever pressed, if the question was theirs, and says what was and what stays. */
export async function erase({ parts }: CommandParts, press: Press, answer: Answer): Promise<void> {
  const { memberId } = press;
  const texts = textsFor(press.locale).privacy;
  if (press.ref !== memberId) {
    await answer.followUpPrivately(textBody(texts.notYours));
    return;
  }
  const { generationIds, left } = await parts.store.eraseMember(memberId, parts.clock.now());
  const allGone = await deletePictures(parts, generationIds);
  parts.log.info({ generations: generationIds.length, left, allGone }, 'a member was erased');
  const lines = [
    texts.erased(generationIds.length),
    ...(left > 0 ? [texts.left(left)] : []),
    ...(allGone ? [] : [texts.picturesLater(parts.limits.pictureDays)]),
    texts.stays,
  ];
  await answer.finish(textBody(lines.join('\n')));
}

/** Returns whether all went. The store knows them no more, so what stays is left to the spool's own age limit. */
async function deletePictures(
  { pictures, log }: Pick<Parts, 'pictures' | 'log'>,
  generationIds: readonly string[],
): Promise<boolean> {
  let allGone = true;
  for (const generation of generationIds) {
    try {
      await pictures.delete(generation);
    } catch (error) {
      allGone = false;
      log.warn({ err: error, generation }, 'pictures of an erased member could not be removed');
    }
  }
  return allGone;
}
