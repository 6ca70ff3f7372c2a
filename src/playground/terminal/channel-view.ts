import type { DiscordEvent, Person, SeenMessage } from '../discord/control.ts';
import type { Reader } from './markdown.ts';
import { printMessage } from './print-message.ts';
import type { Ink } from './print-message.ts';
import type { Stage } from './stage.ts';

/** Whose client is open, and where. */
export interface Seat {
  readonly person: Person;
  readonly guild: string;
  /** `dm` for the direct messages with the bot. */
  readonly channel: string;
}

export interface ViewOptions {
  readonly stage: Stage;
  readonly reader: Reader;
  readonly ink: Ink;
  readonly fileBytes: boolean;
  /** Whether buttons and selects get numbers, for using them. */
  readonly numbers: boolean;
  readonly seat: () => Seat;
  readonly write: (text: string) => void;
  /** What a picture is called where it is listed; it may be saved meanwhile. */
  readonly nameOf?: (message: SeenMessage, fileId: string) => string | undefined;
}

/** A button or select that can be used by its number. */
export interface NumberedControl {
  readonly messageId: string;
  readonly customId: string;
  readonly label: string;
}

/** Prints what is new in the channel that somebody has open, and numbers the buttons and selects. */
export interface ChannelView {
  /** Prints what changed here since it was printed last; with `progress` also what is not final, in a line. */
  flush(how: { readonly progress: boolean }): void;
  /** Another line is typed. */
  nextLine(): void;
  /**
   * Whether a message here says this that is new: not printed yet, in which case it is printed, or
   * printed since the line before.
   */
  find(text: string): boolean;
  /** Prints everything that stands in the channel. */
  look(): void;
  control(number: number): NumberedControl | undefined;
  /** The number of the newest one whose label begins like this. */
  numberOf(label: string): number | undefined;
  /** The newest message here. */
  newest(): SeenMessage | undefined;
  stop(): void;
}

export function createChannelView(options: ViewOptions): ChannelView {
  const { stage, ink, write } = options;
  const changed = new Set<string>();
  const deleted = new Set<string>();
  /** Ephemeral messages, with the id of who alone is to see them. */
  const addressed = new Map<string, { readonly to: string; readonly message: SeenMessage }>();
  const printed = new Map<string, string>();
  const printedAtLine = new Map<string, number>();
  const progressShown = new Map<string, string>();
  const controls: NumberedControl[] = [];
  let line = 0;

  const stop = stage.discord.events.on('*', (event: DiscordEvent) => {
    if (event.type === 'message-created' || event.type === 'message-updated') {
      const { message, audience } = event;
      changed.add(message.id);
      if (audience !== 'channel') addressed.set(message.id, { to: audience.only, message });
    }
    if (event.type === 'message-deleted') {
      changed.add(event.messageId);
      deleted.add(event.messageId);
    }
  });

  const numbered = (messageId: string, customId: string | undefined, label: string): string => {
    if (customId === undefined || !options.numbers) return label;
    const known = controls.findIndex(
      (each) => each.messageId === messageId && each.customId === customId,
    );
    const number = known >= 0 ? known + 1 : controls.push({ messageId, customId, label });
    return `${number} ${label}`;
  };

  const print = (message: SeenMessage): string => {
    const { person } = options.seat();
    return printMessage(message, {
      reader: options.reader,
      ink,
      fileBytes: options.fileBytes,
      viewer: person.name,
      button: ({ customId, label }) => numbered(message.id, customId, label),
      select: ({ customId, placeholder }) =>
        numbered(message.id, customId, placeholder ?? 'Choose'),
      nameOf: (file) => options.nameOf?.(message, file.id) ?? file.filename,
    });
  };

  const show = (message: SeenMessage): void => {
    const text = print(message);
    if (printed.get(message.id) === text) return;
    printed.set(message.id, text);
    printedAtLine.set(message.id, line);
    write(text);
  };

  const showProgress = (message: SeenMessage): void => {
    const text = message.thinking ? 'Easel is thinking …' : oneLine(print(message));
    if (progressShown.get(message.id) === text) return;
    progressShown.set(message.id, text);
    write(ink.faint(`  ${text}`));
  };

  const showDeleted = (id: string): void => {
    if (printed.has(id)) write(ink.faint(`✕ deleted: ${title(printed.get(id) ?? '')}`));
    printed.delete(id);
  };

  /** With a hacked client somebody is answered in channels that they do not see. */
  const toldAlone = (personId: string, messageId: string): SeenMessage | undefined => {
    const told = addressed.get(messageId);
    return told?.to === personId && !deleted.has(messageId) ? told.message : undefined;
  };

  const here = (): readonly SeenMessage[] => {
    const { person, guild, channel } = options.seat();
    return person.sees(channel, guild);
  };

  return {
    flush({ progress }) {
      const { person, guild, channel } = options.seat();
      const channelId = person.channelId(channel, guild);
      for (const id of [...changed].toSorted(byAge)) {
        const message = person.message(id) ?? toldAlone(person.id, id);
        // What somebody else alone sees, or stands elsewhere, stays for when it is looked at.
        if (message === undefined && !deleted.has(id)) continue;
        if (message !== undefined && message.channelId !== channelId && !message.ephemeral)
          continue;
        changed.delete(id);
        if (message === undefined) showDeleted(id);
        else if (!message.thinking && !stage.isProgress(message)) show(message);
        else if (progress) showProgress(message);
      }
    },
    nextLine() {
      line += 1;
    },
    find(text) {
      const found = here().filter((message) => !message.thinking && print(message).includes(text));
      const unseen = found.find((message) => printed.get(message.id) !== print(message));
      if (unseen !== undefined) show(unseen);
      return found.some(({ id }) => (printedAtLine.get(id) ?? 0) >= line - 1);
    },
    look() {
      const messages = here();
      if (messages.length === 0) write(ink.faint('  (nothing here yet)'));
      for (const message of messages) {
        printed.delete(message.id);
        show(message);
        changed.delete(message.id);
      }
    },
    control: (number) => controls[number - 1],
    numberOf(label) {
      const at = controls.findLastIndex((each) => each.label.startsWith(label));
      return at < 0 ? undefined : at + 1;
    },
    newest: () => here().at(-1),
    stop,
  };
}

/** Ids are numbers that grow with time. */
function byAge(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** The lines below the header and the author. */
function bodyOf(printedMessage: string): string[] {
  return printedMessage
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^[^ ]* /, ''));
}

function oneLine(printedMessage: string): string {
  return bodyOf(printedMessage).join('  ');
}

function title(printedMessage: string): string {
  return bodyOf(printedMessage)[0] ?? 'a message';
}
