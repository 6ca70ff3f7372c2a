import type { Answer } from '../../src/discord/answer.ts';
import type { Prepared } from '../../src/discord/command.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { RuleChange } from '../../src/domain/rule-change.ts';
import type { GuildSettings, RuleEdit } from '../../src/domain/settings.ts';
import { textBody } from '../../src/messages/body.ts';
import { changedBody } from '../../src/messages/easel-changed.ts';
import type { Texts } from '../../src/messages/texts.ts';
import type { Asked } from '../asked.ts';
import type { CommandParts } from '../parts.ts';

/** A change of the rules, confirmed to its author with the old and the new value. */
export type Change = (
  asked: Asked,
  edit: (settings: GuildSettings) => RuleEdit,
  /** Said below what was changed; nothing where it is empty. */
  note?: (change: RuleChange, settings: GuildSettings) => string,
) => Prepared;

export function createChange({ parts }: CommandParts): Change {
  return ({ call, texts }, edit, note = () => '') => ({
    answers: 'private',
    async run(answer) {
      const outcome = await parts.settings.change(call.guildId, call.memberId, edit);
      if ('refused' in outcome) return refuse(answer, texts, outcome.refused);
      parts.guildLog.wake(call.guildId);
      await answer.finish(
        changedBody(texts, outcome.change, note(outcome.change, outcome.settings)),
      );
    },
  });
}

/** Says why, where the answer stands. */
export async function refuse(answer: Answer, texts: Texts, refusal: Refusal): Promise<void> {
  await answer.finish(textBody(texts.refusal(refusal)));
}
