import type { Answer } from '../../src/discord/answer.ts';
import type { ButtonHandler } from '../../src/discord/command.ts';
import { wordsBody } from '../../src/messages/easel-words.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { onPrivateAnswer } from '../on-private-answer.ts';
import type { CommandParts } from '../parts.ts';
import { pageFrom } from './page-from.ts';
import { setterUp } from './setter-up.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel word list` */
export function wordListSubcommands(parts: CommandParts): Readonly<Record<string, Subcommand>> {
  return {
    'word list': ({ call, texts }) => ({
      answers: 'private',
      run: (answer) => showWords(parts, answer, texts, call.guildId, 0),
    }),
  };
}

/** The buttons that page the list. */
export function wordListButtons(parts: CommandParts): Readonly<Record<string, ButtonHandler>> {
  return {
    words: onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const guildId = await setterUp(press, answer);
        if (guildId === undefined) return;
        await showWords(parts, answer, textsFor(press.locale), guildId, pageFrom(press.ref));
      },
    }),
  };
}

async function showWords(
  { parts }: CommandParts,
  answer: Answer,
  texts: Texts,
  guildId: string,
  from: number,
): Promise<void> {
  const [{ rules }, hits] = await Promise.all([
    parts.settings.load(guildId),
    parts.store.wordHits(guildId),
  ]);
  await answer.finish(wordsBody(texts, { rules: rules.words, from, hits }));
}
