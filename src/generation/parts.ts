import type { AtMost } from '../at-most.ts';
import type { Clock } from '../clock.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { GuildLog } from '../domain/guild-log.ts';
import type { Caps } from '../domain/ledger.ts';
import type { Operator } from '../domain/operator.ts';
import type { Pace } from '../domain/pace.ts';
import type { Pictures } from '../domain/pictures.ts';
import type { Provider } from '../domain/provider.ts';
import type { Settings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Words } from '../policy/words.ts';
import type { ClosedAccounts } from './closed-accounts.ts';
import type { Active } from './active.ts';
import type { Breakers } from './breakers.ts';
import type { Estimates } from './estimates.ts';

/** What the pipeline works with: the ports, and its own three small states. */
export interface Parts {
  readonly store: Store;
  readonly settings: Settings;
  readonly guildLog: GuildLog;
  readonly words: Words;
  readonly pace: Pace;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly catalogue: Catalogue;
  readonly pictures: Pictures;
  readonly delivery: Delivery;
  readonly operator: Operator;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly accounts: ClosedAccounts;
  readonly breakers: Breakers;
  readonly active: Active;
  readonly estimates: Estimates;
  /** At most so many generations are fetched, fitted and posted at once. */
  readonly deliveries: AtMost;
  readonly limits: Limits;
  /** This process, as the store knows it. */
  readonly owner: string;
}

export interface Limits {
  readonly caps: Caps;
  readonly contentRefusalsPerDay: number;
  /** Pictures of a request that names no number. */
  readonly defaultImages: number;
  readonly pictureDays: number;
  readonly retentionDays: number;
}

/** How long a process is believed alive without a sign, and how often it gives one. */
export const leaseMs = 60_000;
export const renewEveryMs = 15_000;

export const dayMs = 24 * 60 * 60_000;
