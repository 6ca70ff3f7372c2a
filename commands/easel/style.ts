import { stylesBody, styleBody } from '../../src/messages/easel-styles.ts';
import { styleModal } from '../../src/messages/easel-style-form.ts';
import type { Answer } from '../../src/discord/answer.ts';
import type { ButtonHandler, Refused } from '../../src/discord/command.ts';
import type { GuildSettings } from '../../src/domain/settings.ts';
import type { Style } from '../../src/domain/style.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { removeStyle } from '../../src/policy/edits/remove-style.ts';
import { sameName } from '../../src/policy/same-name.ts';
import type { Asked } from '../asked.ts';
import { onPrivateAnswer } from '../on-private-answer.ts';
import { readOptions, text } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import { refuse } from './change.ts';
import type { Change } from './change.ts';
import { pageFrom } from './page-from.ts';
import { easelRanges } from './ranges.ts';
import { setterUp, setUpRefusal } from './setter-up.ts';
import { styleRef } from './style-ref.ts';
import type { Subcommand } from './subcommand.ts';

const noStyle: Refused = { refused: { reason: 'not-set', what: 'style' } };

/** `/easel style …` */
export function styleSubcommands(
  { parts }: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  return {
    'style add'({ call, texts }) {
      // What the modal brings is checked so too: better to hear it before the form is filled in.
      const refused = setUpRefusal(call);
      if (refused) return { refused };
      return { answers: 'modal', modal: styleModal(texts, null) };
    },

    'style edit'(asked) {
      const { call, texts } = asked;
      const refused = setUpRefusal(call);
      if (refused) return { refused };
      const name = styleName(asked);
      if (typeof name !== 'string') return name;
      const settings = parts.settings.peek(call.guildId);
      if (settings) {
        const style = styleNamed(settings, name);
        return style ? { answers: 'modal', modal: modalOf(texts, style) } : noStyle;
      }
      // A modal must be the first answer, so what is not in memory yet needs one press more.
      return {
        answers: 'private',
        async run(answer) {
          const style = styleNamed(await parts.settings.load(call.guildId), name);
          if (!style) return refuse(answer, texts, noStyle.refused);
          await answer.finish(styleBody(texts, style, styleRef(style.name)));
        },
      };
    },

    'style remove'(asked) {
      const name = styleName(asked);
      if (typeof name !== 'string') return name;
      return change(
        asked,
        (settings) => removeStyle(settings, name),
        () => asked.texts.easel.styles.note.removed,
      );
    },

    'style list': ({ call, texts }) => ({
      answers: 'private',
      run: (answer) => showStyles(parts, answer, texts, call.guildId, 0),
    }),
  };
}

/** The buttons that page the list, and the one that opens the form of a style. */
export function styleButtons({ parts }: CommandParts): Readonly<Record<string, ButtonHandler>> {
  return {
    styles: onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const guildId = await setterUp(press, answer);
        if (guildId === undefined) return;
        const texts = textsFor(press.locale);
        await showStyles(parts, answer, texts, guildId, pageFrom(press.ref));
      },
    }),
    'edit-style': {
      answers: 'modal',
      modal(press) {
        const refused = setUpRefusal(press);
        if (refused) return { refused };
        if (press.guildId === null) return noStyle;
        const settings = parts.settings.peek(press.guildId);
        if (!settings) {
          // Pressed after a restart: they will be there for the next press.
          parts.settings.load(press.guildId).catch((error: unknown) => {
            parts.log.debug({ err: error }, 'settings could not be loaded for a form');
          });
          return { refused: { reason: 'stopping' } };
        }
        const style = styleOf(settings, press.ref);
        return style ? modalOf(textsFor(press.locale), style) : noStyle;
      },
    },
  };
}

/** The style that a custom id names. */
export function styleOf({ rules }: GuildSettings, ref: string): Style | undefined {
  return rules.styles.find(({ name }) => styleRef(name) === ref);
}

const modalOf = (texts: Texts, style: Style) =>
  styleModal(texts, { style, ref: styleRef(style.name) });

function styleName({ given }: Asked): string | Refused {
  const read = readOptions({ style: text(easelRanges.styleName) }, given.options);
  return 'refused' in read ? read : read.values.style;
}

function styleNamed({ rules }: GuildSettings, name: string): Style | undefined {
  return rules.styles.find((style) => sameName(style.name, name));
}

async function showStyles(
  { settings }: CommandParts['parts'],
  answer: Answer,
  texts: Texts,
  guildId: string,
  from: number,
): Promise<void> {
  const { rules } = await settings.load(guildId);
  await answer.finish(stylesBody(texts, rules.styles, from));
}
