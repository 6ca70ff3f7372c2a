import type { FormHandler } from '../../src/discord/command.ts';
import { importedBody, importField, importModal } from '../../src/messages/easel-import.ts';
import { textsFor } from '../../src/messages/texts.ts';
import { addWords } from '../../src/policy/edits/add-words.ts';
import { readWordList } from '../../src/policy/words.ts';
import type { CommandParts } from '../parts.ts';
import { refuse } from './change.ts';
import { setterUp, setUpRefusal } from './setter-up.ts';
import type { Subcommand } from './subcommand.ts';
import { newWordId } from './word-id.ts';

/** `/easel word import`: opens a modal to paste a list. */
export function wordImportSubcommands(): Readonly<Record<string, Subcommand>> {
  return {
    'word import'({ call, texts }) {
      // What the modal brings is checked so too: better to hear it before the list is pasted.
      const refused = setUpRefusal(call);
      if (refused) return { refused };
      return { answers: 'modal', modal: importModal(texts) };
    },
  };
}

/** What the modal brings. Lines that cannot be used are named; the others are added, all or none. */
export function wordImportForms({ parts }: CommandParts): Readonly<Record<string, FormHandler>> {
  return {
    import: {
      answers: 'private',
      async submit(form, answer) {
        const texts = textsFor(form.locale);
        const guildId = await setterUp(form, answer);
        if (guildId === undefined) return;
        const pasted = form.fields[importField] ?? '';
        const known = await parts.settings.load(guildId);
        // A long list takes a while to read: rather here than where other changes wait for this one.
        let list = readWordList(pasted, known.rules.words);
        const outcome = await parts.settings.change(guildId, form.memberId, (settings) => {
          // Another moderator may have added some meanwhile, and patterns are bounded all together.
          if (settings.version !== known.version) list = readWordList(pasted, settings.rules.words);
          const rules = list.rules.map(({ kind, text }) => ({ kind, text, dryRun: false }));
          return addWords(settings, rules, newWordId(settings.rules));
        });
        // That all of it was there already is told with the lines that could not be used.
        const nothingNew = 'refused' in outcome && outcome.refused.reason === 'no-change';
        if ('refused' in outcome && !nothingNew) return refuse(answer, texts, outcome.refused);
        const change = 'refused' in outcome ? undefined : outcome.change;
        if (change) parts.guildLog.wake(guildId);
        const added = change?.what === 'words' ? change.added.length : 0;
        await answer.finish(
          importedBody(texts, {
            change,
            repeated: list.duplicates.length + list.rules.length - added,
            skipped: list.problems,
            unread: list.unread,
          }),
        );
      },
    },
  };
}
