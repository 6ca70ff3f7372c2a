import type { Clock } from '../../clock.ts';
import type { Board } from './board.ts';
import type { CommandRegistry } from './command-registry.ts';
import type { EventBus } from './event-bus.ts';
import type { FileStore } from './file-store.ts';
import type { Dispatch } from './gateway.ts';
import type { InteractionBook } from './interaction-book.ts';
import type { MessageStore } from './message-store.ts';
import type { Snowflakes } from './snowflake.ts';
import type { World } from './world.ts';

/** The parts that routes and people work with; one set for each stand-in. */
export interface Core {
  readonly clock: Clock;
  readonly ids: Snowflakes;
  readonly world: World;
  readonly files: FileStore;
  readonly messages: MessageStore;
  readonly board: Board;
  readonly interactions: InteractionBook;
  readonly commands: CommandRegistry;
  readonly events: EventBus;
  /** Sends an event to the bot's gateway sessions. */
  dispatch(event: Dispatch): void;
}
