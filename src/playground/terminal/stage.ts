import type { Claid } from '../claid/claid.ts';
import type { ShiftedClock } from '../clock.ts';
import type { Discord, SeenMessage } from '../discord/control.ts';

/** What the terminal plays on: a bot between the two stand-ins, on one clock. */
export interface Stage {
  readonly clock: ShiftedClock;
  readonly discord: Discord;
  readonly claid: Claid;
  /** Whether the bot will still change this message of its own accord. */
  readonly isProgress: (message: SeenMessage) => boolean;
  /** Stops the bot in good order and starts it again on the same store. */
  restart(): Promise<void>;
  /** Stops the bot in good order, then the stand-ins. */
  close(): Promise<void>;
}
