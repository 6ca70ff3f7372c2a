import { noRules } from '../../../src/domain/rule.ts';
import type { GuildSettings } from '../../../src/domain/settings.ts';
import type { Store } from '../../../src/domain/store.ts';
import { world } from './actions.ts';
import type { Sequence } from './actions.ts';
import { emptyModel, key, lengths } from './model.ts';
import type { Model, Who } from './model.ts';

/** The store that a sequence is played on; others were played on it before, in other guilds. */
export interface Bench {
  store(): Store;
  /** Closes the store and opens it again. */
  restart(): Promise<void>;
  /** Another one each time. */
  newNumber(): number;
  /** Where time stands; it only goes on. */
  now: number;
}

/** How often each thing was decided and compared. */
export type Tally = Map<string, number>;

/** One sequence's own world, on the store and in the model. */
export interface Stage {
  readonly bench: Bench;
  readonly model: Model;
  readonly tally: Tally;
  readonly guilds: readonly string[];
  readonly members: readonly string[];
  readonly roles: Map<string, readonly string[]>;
  readonly settings: Map<string, GuildSettings>;
}

export function newStage(
  bench: Bench,
  { caps, contentRefusalsPerDay, offsetMs }: Sequence,
  tally: Tally,
): Stage {
  // What other sequences spent has left every window, the bot's too.
  const free = bench.now + lengths.month + lengths.hour;
  bench.now = Math.ceil(free / lengths.hour) * lengths.hour + offsetMs;
  const ids = (many: number): string[] =>
    // Larger than a number can hold exactly, and next to each other.
    Array.from({ length: many }, () => String(9_007_199_254_740_993n + BigInt(bench.newNumber())));
  const guilds = ids(world.guilds);
  return {
    bench,
    model: emptyModel(caps, contentRefusalsPerDay),
    tally,
    guilds,
    members: ids(world.members),
    roles: new Map(),
    settings: new Map(
      guilds.map((guildId) => [
        guildId,
        { guildId, version: 0, rules: noRules, blocks: new Map() },
      ]),
    ),
  };
}

export function settingsOf({ settings }: Stage, guild: string): GuildSettings {
  const found = settings.get(guild);
  if (!found) throw new Error('There is no such guild here.');
  return found;
}

export function whoOf(
  stage: Stage,
  chosenBy: { readonly guild: number; readonly member: number },
): Who {
  const guild = guildOf(stage, chosenBy.guild);
  const member = chosen(stage.members, chosenBy.member) ?? '';
  return { guild, member, roles: stage.roles.get(key(guild, member)) ?? [] };
}

export const guildOf = (stage: Stage, index: number): string => chosen(stage.guilds, index) ?? '';
export const roleOf = (guild: string, index: number): string => `${guild}${index}`;

export function chosen<T>(all: readonly T[], index: number): T | undefined {
  return all[index % all.length];
}

export function count({ tally }: Stage, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}
