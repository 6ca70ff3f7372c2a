import type { Refused } from '../../src/discord/command.ts';
import type { GuildSettings, RuleEdit } from '../../src/domain/settings.ts';
import { wordTestBody } from '../../src/messages/easel-word-test.ts';
import { addWords } from '../../src/policy/edits/add-words.ts';
import { enforceWords } from '../../src/policy/edits/enforce-words.ts';
import { removeWords } from '../../src/policy/edits/remove-words.ts';
import type { Asked } from '../asked.ts';
import { readOptions, text, yesOrNo } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import type { Change } from './change.ts';
import { easelRanges } from './ranges.ts';
import type { Subcommand } from './subcommand.ts';
import { newWordId } from './word-id.ts';

/** `/easel word add`, `remove`, `enforce`, `dry-run` and `test`. */
export function wordSubcommands(
  { parts }: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  const onRule =
    (
      edit: (settings: GuildSettings, id: string) => RuleEdit,
      note?: (asked: Asked) => string,
    ): Subcommand =>
    (asked) => {
      const name = ruleName(asked);
      if (typeof name !== 'string') return name;
      return change(
        asked,
        (settings) => edit(settings, idOf(settings, name)),
        () => note?.(asked) ?? '',
      );
    };

  return {
    'word add'(asked) {
      const { given, texts } = asked;
      const read = readOptions(addOptions, given.options);
      if ('refused' in read) return read;
      const { text: words, pattern, 'dry-run': dryRun } = read.values;
      const rule = { kind: pattern ? 'pattern' : 'words', text: words, dryRun } as const;
      // What patterns may take together is told only by those that are there.
      const add = (settings: GuildSettings): RuleEdit => {
        const problem = parts.words.problem(rule, settings.rules.words);
        return problem
          ? { refused: { reason: 'bad-word-rule', text: words, problem } }
          : addWords(settings, [rule], newWordId(settings.rules));
      };
      return change(asked, add, () => (dryRun ? texts.easel.note.dryRun : texts.easel.note.words));
    },

    'word remove': onRule((settings, id) => removeWords(settings, [id])),
    'word enforce': onRule((settings, id) => enforceWords(settings, id, false)),
    'word dry-run': onRule(
      (settings, id) => enforceWords(settings, id, true),
      ({ texts }) => texts.easel.note.dryRun,
    ),

    'word test'({ call, given, texts }) {
      const read = readOptions(testOptions, given.options);
      if ('refused' in read) return read;
      const { prompt } = read.values;
      return {
        answers: 'private',
        async run(answer) {
          const { rules } = await parts.settings.load(call.guildId);
          const hits = parts.words.hits(rules.words, prompt);
          await answer.finish(wordTestBody(texts, { prompt, rules: rules.words.length, ...hits }));
        },
      };
    },
  };
}

const addOptions = {
  text: text(easelRanges.wordText),
  pattern: yesOrNo(),
  'dry-run': yesOrNo(),
};
const removeOptions = { rule: text({ min: 1, max: easelRanges.wordText.max }) };
const testOptions = { prompt: text(easelRanges.prompt) };

function ruleName({ given }: Asked): string | Refused {
  const read = readOptions(removeOptions, given.options);
  return 'refused' in read ? read : read.values.rule;
}

/** The list offers ids, but whoever types may write the words themselves. */
function idOf({ rules }: GuildSettings, name: string): string {
  const named = rules.words.find(({ id }) => id === name);
  const written = rules.words.find(({ text: words }) => words.toLowerCase() === name.toLowerCase());
  return (named ?? written)?.id ?? name;
}
