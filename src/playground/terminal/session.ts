import { systemClock } from '../../clock.ts';
import { sleep } from '../../schedule.ts';
import { ClientRefused, ServerRefused } from '../discord/control.ts';
import type { SeenMessage } from '../discord/control.ts';
import { createActs } from './acts.ts';
import { changeServer } from './change-server.ts';
import { createChannelView } from './channel-view.ts';
import type { ChannelView, Seat } from './channel-view.ts';
import { createFaultSwitch } from './faults.ts';
import { helpText } from './help.ts';
import type { Moments } from './moment.ts';
import { people, readerOn } from './reader-on.ts';
import type { Ink } from './print-message.ts';
import type { Stage } from './stage.ts';
import { readTypedLine } from './typed-line.ts';
import type { TypedLine } from './typed-line.ts';
import { createUnderWay } from './under-way.ts';

export interface SessionOptions {
  readonly stage: Stage;
  readonly ink: Ink;
  readonly moments: Moments;
  readonly fileBytes: boolean;
  /** Where relative paths of files that are uploaded begin. Default: where the program runs. */
  readonly folder?: string;
  readonly write: (text: string) => void;
  readonly nameOf?: (message: SeenMessage, fileId: string) => string | undefined;
}

/** Somebody sitting before Discord's client, line by line. */
export interface Session {
  readonly view: ChannelView;
  /** Who is acting where, for a prompt: `alice #pictures`, or `alice @Easel` in direct messages. */
  readonly place: string;
  /**
   * Does what a line says, as far as it can be done at once. What is new where somebody sits then, the
   * view prints when it is told to.
   * @returns false when it says to leave
   */
  type(line: string): Promise<boolean>;
  /** Resolves when every command has its final answer, or is being held back by a fault. */
  settled(): Promise<void>;
  /** Ends all faults and stops printing. */
  end(): void;
}

/** How long "wait" waits, in real time. */
const waitLimitMs = 30_000;
const answersArriveMs = 50;

export function createSession(options: SessionOptions): Session {
  const { stage, write } = options;
  const { discord, clock } = stage;
  const seats = new Map<string, Seat>();
  const faults = createFaultSwitch(stage);
  let seat = seatOf('alice', 'Playground');
  const underWay = createUnderWay(discord, {
    now: () => clock.now(),
    isProgress: stage.isProgress,
  });
  const view = createChannelView({
    ...options,
    numbers: true,
    reader: readerOn(discord, options.moments),
    seat: () => seat,
  });
  const acts = createActs({
    ...options,
    folder: options.folder ?? '',
    view,
    underWay,
    seat: () => seat,
  });
  function seatOf(name: string, guild: string): Seat {
    return seats.get(name) ?? { person: discord.as(name), guild, channel: 'pictures' };
  }

  function sit(next: Seat): void {
    seats.set(next.person.name, next);
    seat = next;
  }

  function become(name: string): void {
    const guild = people.get(name);
    if (guild !== undefined) sit(seatOf(name, guild));
    else write(`There is nobody called ${name}. There are: ${[...people.keys()].join(', ')}`);
  }

  function goTo(channel: string): void {
    const known = discord.guild(seat.guild).channels.filter((name) => name !== 'Text');
    if (known.includes(channel)) sit({ ...seat, channel });
    else {
      const names = known.map((name) => `#${name}`).join(', ');
      write(`${seat.guild} has no #${channel}. There are: ${names}`);
    }
  }

  async function waitFor(text: string): Promise<void> {
    try {
      await discord.events.until(() => view.find(text), {
        what: `a message that says "${text}"`,
        limitMs: waitLimitMs,
      });
    } catch {
      write(`Nothing new here said "${text}" within ${waitLimitMs / 1000} s.`);
    }
  }

  async function moveOn(ms: number): Promise<void> {
    // What Discord has answered must reach the bot first, or its deadlines pass on the way.
    await sleep(systemClock, answersArriveMs);
    clock.advance(ms);
    write(`It is ${inWords(ms)} later now.`);
  }

  async function restart(): Promise<void> {
    faults.endAll();
    await stage.restart();
    write('The bot was stopped and started again.');
  }

  async function follow(line: TypedLine): Promise<void> {
    switch (line.kind) {
      case 'nothing':
      case 'quit':
        return;
      case 'help':
        return write(helpText);
      case 'look':
        return view.look();
      case 'puzzle':
        return write(line.hint);
      case 'command':
        return acts.command(line);
      case 'suggest':
        return acts.suggest(line);
      case 'menu':
        return acts.menu(line);
      case 'press':
        return acts.press(line);
      case 'choose':
        return acts.choose(line);
      case 'fill':
        return acts.fill(line);
      case 'say':
        return acts.say(line);
      case 'remove':
        return acts.remove(line);
      case 'roles':
      case 'drop':
      case 'access':
      case 'leave':
        return write(changeServer(discord.guild(seat.guild), seat.person.name, line));
      case 'dm':
        return sit({ ...seat, channel: 'dm' });
      case 'as':
        return become(line.person);
      case 'in':
        return goTo(line.channel);
      case 'clock':
        return moveOn(line.ms);
      case 'fault':
        return write(faults.turn(line.name));
      case 'wait':
        return waitFor(line.text);
      case 'restart':
        return restart();
    }
  }

  return {
    view,
    get place() {
      const { person, channel } = seat;
      return `${person.name} ${channel === 'dm' ? '@Easel' : `#${channel}`}`;
    },
    async type(line) {
      const typed = readTypedLine(line);
      view.nextLine();
      try {
        await follow(typed);
      } catch (error) {
        if (!(error instanceof ClientRefused || error instanceof ServerRefused)) throw error;
        write(`Discord does not let ${seat.person.name} do that: ${error.message}`);
      }
      return typed.kind !== 'quit';
    },
    settled: () => underWay.settled({ held: faults.holding }),
    end() {
      faults.endAll();
      acts.stop();
      view.stop();
    },
  };
}

function inWords(ms: number): string {
  const [size, unit] =
    [[86_400_000, 'day'] as const, [3_600_000, 'hour'] as const, [60_000, 'minute'] as const].find(
      ([each]) => ms % each === 0,
    ) ?? ([1_000, 'second'] as const);
  return `${ms / size} ${unit}${ms === size ? '' : 's'}`;
}
