import type { Clock } from '../../clock.ts';

/** What can be said of every stand-in before it starts, besides its settings. */
export interface StandInStart {
  readonly clock: Clock;
  /** One that is free unless given. */
  readonly port?: number;
  /** The one good key. */
  readonly key?: string;
  /** Credits of the account. Default: without end. */
  readonly credits?: number;
}
