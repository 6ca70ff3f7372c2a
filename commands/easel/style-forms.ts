import type { FormHandler } from '../../src/discord/command.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { GuildSettings, RuleEdit } from '../../src/domain/settings.ts';
import type { Style } from '../../src/domain/style.ts';
import { changedBody } from '../../src/messages/easel-changed.ts';
import { styleProblemsBody } from '../../src/messages/easel-style-form.ts';
import { textsFor } from '../../src/messages/texts.ts';
import { addStyle } from '../../src/policy/edits/add-style.ts';
import { changeStyle } from '../../src/policy/edits/change-style.ts';
import { styleWords } from '../../src/policy/edits/style-words.ts';
import type { CommandParts } from '../parts.ts';
import { readStyleForm } from './read-style-form.ts';
import { setterUp } from './setter-up.ts';
import { styleOf } from './style.ts';

/** What the forms of `/easel style add` and `edit` bring. */
export function styleForms(commandParts: CommandParts): Readonly<Record<string, FormHandler>> {
  const { words } = commandParts.parts;
  return {
    'add-style': keeping(commandParts, (settings, style) => addStyle(settings, style, words)),
    'edit-style': keeping(commandParts, (settings, style, ref) => {
      const before = styleOf(settings, ref);
      return before
        ? changeStyle(settings, before.name, style, words)
        : { refused: { reason: 'not-set', what: 'style' } };
    }),
  };
}

type StyleEdit = (settings: GuildSettings, style: Style, ref: string) => RuleEdit;

/** Keeps the style, or tells everything that is wrong with it at once, with what was typed. */
function keeping({ parts }: CommandParts, edit: StyleEdit): FormHandler {
  return {
    answers: 'private',
    async submit(form, answer) {
      const texts = textsFor(form.locale);
      const guildId = await setterUp(form, answer);
      if (guildId === undefined) return;
      const { style, problems } = readStyleForm(form.fields);
      const asked = (settings: GuildSettings): RuleEdit => edit(settings, style, form.ref);

      const outcome =
        problems.length === 0
          ? await parts.settings.change(guildId, form.memberId, asked)
          : asked(await parts.settings.load(guildId));
      if (problems.length === 0 && 'change' in outcome) {
        parts.guildLog.wake(guildId);
        const note = texts.easel.styles.note.kept(style.name);
        return void (await answer.finish(changedBody(texts, outcome.change, note)));
      }
      const found = 'refused' in outcome ? [outcome.refused] : [];
      const { rules } = await parts.settings.load(guildId);
      const hits = styleWords(style, rules, parts.words);
      const all = [...problems, ...withHits(found, hits)].filter(
        // What could not be read is not the same as before, whatever it looks like.
        ({ reason }) => problems.length === 0 || reason !== 'no-change',
      );
      await answer.finish(styleProblemsBody(texts, all, form.fields));
    },
  };
}

/** An edit tells the first thing that is in its way; words that break a rule are told besides. */
function withHits(found: readonly Refusal[], hits: Refusal | undefined): readonly Refusal[] {
  return hits && found.every(({ reason }) => reason !== 'style-words') ? [...found, hits] : found;
}
