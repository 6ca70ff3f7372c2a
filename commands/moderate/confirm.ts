import type { Answer } from '../../src/discord/answer.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { RuleChange } from '../../src/domain/rule-change.ts';
import { textBody } from '../../src/messages/body.ts';
import { changedBody } from '../../src/messages/easel-changed.ts';
import type { Asked } from '../asked.ts';
import type { CommandParts } from '../parts.ts';

/**
 * Tells a moderator what became of a change, with the old and the new value, and wakes the guild's log,
 * in which it stands. The note says what follows from it.
 */
export async function confirm(
  { parts }: CommandParts,
  { call, texts }: Pick<Asked, 'call' | 'texts'>,
  answer: Answer,
  changed: { readonly change: RuleChange } | { readonly refused: Refusal },
  note = '',
): Promise<void> {
  if ('refused' in changed) {
    await answer.finish(textBody(texts.refusal(changed.refused)));
    return;
  }
  parts.guildLog.wake(call.guildId);
  await answer.finish(changedBody(texts, changed.change, note));
}
