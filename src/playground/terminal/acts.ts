import { ApplicationCommandType } from 'discord-api-types/v10';
import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { Invocation, SeenMessage } from '../discord/control.ts';
import type { ChannelView, NumberedControl, Seat } from './channel-view.ts';
import { readCommandOptions } from './command-options.ts';
import { withFiles } from './typed-files.ts';
import type { Ink } from './print-message.ts';
import { printModal, readFields } from './print-modal.ts';
import type { Stage } from './stage.ts';
import type { TypedLine } from './typed-line.ts';
import type { UnderWay } from './under-way.ts';

type Line<Kind extends TypedLine['kind']> = Extract<TypedLine, { readonly kind: Kind }>;

/** What somebody does with Discord's client; each does what a line says, or writes why not. */
export interface Acts {
  command(line: Line<'command'>): void;
  suggest(line: Line<'suggest'>): void;
  menu(line: Line<'menu'>): void;
  press(line: Line<'press'>): void;
  choose(line: Line<'choose'>): void;
  fill(line: Line<'fill'>): void;
  say(line: Line<'say'>): void;
  remove(line: Line<'remove'>): void;
  stop(): void;
}

interface OpenForm {
  readonly invocation: Invocation;
  /** The message with the button that opened it. */
  readonly messageId: string | undefined;
}

export function createActs(tools: {
  readonly stage: Stage;
  readonly view: ChannelView;
  readonly underWay: UnderWay;
  readonly ink: Ink;
  readonly seat: () => Seat;
  /** Where relative paths of files begin. */
  readonly folder: string;
  readonly write: (text: string) => void;
}): Acts {
  const { view, underWay, ink, seat, folder, write } = tools;
  const { discord } = tools.stage;
  /** What may be answered with a form or with choices, by its id. */
  const asked = new Map<string, OpenForm & { readonly personId: string }>();
  /** The form that somebody has open, by their id. */
  const forms = new Map<string, OpenForm>();

  const stop = discord.events.on('interaction-acknowledged', (event) => {
    const use = asked.get(event.interactionId);
    if (use === undefined) return;
    asked.delete(event.interactionId);
    const { modal, choices } = use.invocation;
    if (modal !== undefined) {
      forms.set(use.personId, use);
      write(printModal(modal, ink));
    }
    if (choices?.length === 0) write(ink.faint('  (no choices)'));
    for (const { name, value } of choices ?? [])
      write(`  ${name}${name === String(value) ? '' : ink.faint(`  → ${value}`)}`);
  });

  const follow = (invocation: Invocation, messageId?: string): void => {
    if (messageId === undefined) underWay.command(invocation);
    else underWay.press(invocation, messageId);
    asked.set(invocation.id, { invocation, messageId, personId: seat().person.id });
  };

  const commandsOf = (type: ApplicationCommandType): APIApplicationCommand[] =>
    discord.commands().filter((command) => command.type === type);

  const slashCommand = (name: string): APIApplicationCommand | undefined => {
    const known = commandsOf(ApplicationCommandType.ChatInput);
    const command = known.find((each) => each.name === name);
    if (command === undefined)
      write(
        `There is no command /${name}. There are: ${known.map((each) => `/${each.name}`).join(', ')}`,
      );
    return command;
  };

  /** The button or select with a number, and its message as it is seen now. */
  const control = (
    what: 'button' | 'list',
    number: number,
    raw: boolean,
  ): (NumberedControl & { readonly seen: SeenMessage | undefined }) | undefined => {
    const found = view.control(number);
    const { person } = seat();
    if (found === undefined) {
      write(`There is no ${what} ${number} yet; they are numbered as they appear.`);
      return undefined;
    }
    const seen = person.message(found.messageId);
    if (!raw && seen === undefined) {
      write(`${person.name} does not see the message with ${what} ${number} (any more).`);
      return undefined;
    }
    return { ...found, seen };
  };

  const messageOn = (number: number | undefined, raw: boolean): string | undefined => {
    if (number !== undefined) return control('button', number, raw)?.messageId;
    const newest = view.newest();
    if (newest === undefined) write('There is no message here.');
    return newest?.id;
  };

  return {
    command({ name, rest, raw }) {
      const { person, guild, channel } = seat();
      const known = commandsOf(ApplicationCommandType.ChatInput).some((each) => each.name === name);
      const command = known || !raw ? slashCommand(name) : undefined;
      if (command === undefined && !raw) return;
      const typed =
        command === undefined ? { path: name, options: {} } : readCommandOptions(rest, command);
      const { options, missing } = withFiles(typed.options, folder);
      if (missing.length > 0 && !raw) {
        write(`There is no file ${missing.join(', ')} on this machine.`);
        return;
      }
      follow(person.command(typed.path, options, { guild, channel, raw }));
    },

    suggest({ name, rest }) {
      const { person, guild, channel } = seat();
      const command = slashCommand(name);
      if (command === undefined) return;
      const { path, options: typed, last } = readCommandOptions(rest, command);
      if (last === undefined) {
        write('Which option is being typed? For example: suggest /easel word remove rule:ba');
        return;
      }
      const { options } = withFiles(typed, folder);
      follow(person.complete(path, options, last, { guild, channel }));
    },

    menu({ name, on, raw }) {
      const known = commandsOf(ApplicationCommandType.Message).map((each) => each.name);
      if (!raw && !known.includes(name)) {
        const names = known.map((each) => `"${each}"`).join(', ') || 'none';
        write(`There is no "${name}" in the menu of messages. There are: ${names}`);
        return;
      }
      const messageId = messageOn(on, raw);
      if (messageId !== undefined) follow(seat().person.menu(name, messageId, { raw }));
    },

    press({ button: named, raw }) {
      const button = typeof named === 'number' ? named : view.numberOf(named);
      if (button === undefined) {
        write(`There is no button that begins with "${named}".`);
        return;
      }
      const found = control('button', button, raw);
      if (found === undefined) return;
      const { messageId, customId, seen } = found;
      if (!raw && !seen?.buttons.some((each) => each.customId === customId)) {
        write(`Button ${button} is not there any more.`);
        return;
      }
      follow(seat().person.press(messageId, customId, { raw }), messageId);
    },

    choose({ options, on, raw }) {
      const found = control('list', on, raw);
      if (found === undefined) return;
      const { messageId, customId, seen } = found;
      const select = seen?.selects.find((each) => each.customId === customId);
      if (!raw && select === undefined) {
        write(`List ${on} is not there any more.`);
        return;
      }
      // A hacked client may choose what is not offered.
      const values = options.map((number) => select?.options[number - 1]?.value ?? String(number));
      follow(seat().person.choose(messageId, customId, values, { raw }), messageId);
    },

    fill({ text, raw }) {
      const { person } = seat();
      const form = forms.get(person.id);
      const modal = form?.invocation.modal;
      if (form === undefined || modal === undefined) {
        write(`No form is open for ${person.name}.`);
        return;
      }
      follow(person.submit(form.invocation, readFields(text, modal), { raw }), form.messageId);
    },

    say({ text }) {
      const { person, guild, channel } = seat();
      person.say(text, { guild, channel });
    },

    remove({ on }) {
      const messageId = messageOn(on, false);
      if (messageId !== undefined) seat().person.remove(messageId);
    },

    stop,
  };
}
