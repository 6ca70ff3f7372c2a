import type { ShiftedClock } from '../clock.ts';
import type { Discord, SeenMessage } from '../discord/control.ts';
import type { AnyStandIn, StandInName } from '../stand-ins.ts';

/** What the terminal plays on: a bot between a stand-in Discord and those of image APIs, on one clock. */
export interface Stage {
  readonly clock: ShiftedClock;
  readonly discord: Discord;
  /** The image APIs that the bot is configured for, by their providers' names, the default first. */
  readonly standIns: ReadonlyMap<StandInName, AnyStandIn>;
  /** Whether the bot will still change this message of its own accord. */
  readonly isProgress: (message: SeenMessage) => boolean;
  /** Stops the bot in good order and starts it again on the same store. */
  restart(): Promise<void>;
  /** Stops the bot in good order, then the stand-ins. */
  close(): Promise<void>;
}
