import type { Clock } from '../clock.ts';
import type { GuildSettings } from '../domain/settings.ts';

const guildsKept = 1_000;
const trustedMs = 30_000;

/** Settings that are being read from the store, or written to it. */
interface Reading {
  /** What came back. Returns the newest that is known of the guild by now, and keeps it. */
  end(settings: GuildSettings): GuildSettings;
  /** To be called at last, whatever came of it. */
  leave(): void;
}

export interface Snapshots {
  /** `undefined` where it is not kept, or can be trusted no more. */
  get(guildId: string): GuildSettings | undefined;
  begin(guildId: string): Reading;
  /** What was read or is being read now is behind the store. */
  drop(guildId: string): void;
  dropAll(): void;
  /** All that is kept was as the store has it at this time (ms since the epoch). */
  confirm(at: number): void;
}

interface Kept {
  readonly settings: GuildSettings;
  /** When the store was asked for it. */
  readonly at: number;
}

interface UnderWay {
  readonly at: number;
  /** Something newer than what will come back may be in the store already. */
  behind: boolean;
  newest: GuildSettings | undefined;
}

/**
 * Settings of at most 1,000 guilds; those that were not looked at for longest go first. A guild's
 * version never goes back, in whichever order answers arrive.
 *
 * @param options.trustedAlone nobody else writes, so that they need no confirming; otherwise they
 *   are trusted for 30 s after they were read or confirmed
 */
export function createSnapshots(
  clock: Clock,
  options: { readonly trustedAlone: boolean },
): Snapshots {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Set<UnderWay>>();
  let confirmedAt = -Infinity;

  function keep(guildId: string, entry: Kept): void {
    // The latest one looked at stands last.
    kept.delete(guildId);
    kept.set(guildId, entry);
    const [oldest] = kept.keys();
    if (kept.size > guildsKept && oldest !== undefined) kept.delete(oldest);
  }

  const all = (): Iterable<UnderWay> => [...underWay.values()].flatMap((each) => [...each]);

  return {
    get(guildId) {
      const entry = kept.get(guildId);
      if (!entry) return undefined;
      keep(guildId, entry);
      const trusted =
        options.trustedAlone || clock.now() - Math.max(entry.at, confirmedAt) <= trustedMs;
      return trusted ? entry.settings : undefined;
    },

    begin(guildId) {
      const mine: UnderWay = { at: clock.now(), behind: false, newest: undefined };
      const others = underWay.get(guildId) ?? new Set();
      underWay.set(guildId, others.add(mine));
      return {
        end(settings) {
          const known = newer(kept.get(guildId)?.settings, mine.newest);
          const newest = newer(known, settings) ?? settings;
          // It may be dropped from the cache before a slower answer arrives.
          for (const other of others) other.newest = newer(other.newest, newest);
          if (!mine.behind) keep(guildId, { settings: newest, at: mine.at });
          return newest;
        },
        leave() {
          others.delete(mine);
          if (others.size === 0 && underWay.get(guildId) === others) underWay.delete(guildId);
        },
      };
    },

    drop(guildId) {
      kept.delete(guildId);
      for (const each of underWay.get(guildId) ?? []) each.behind = true;
    },

    dropAll() {
      kept.clear();
      for (const each of all()) Object.assign(each, { behind: true, newest: undefined });
    },

    confirm(at) {
      confirmedAt = Math.max(confirmedAt, at);
    },
  };
}

/** The one with the higher version; the second of two with the same. */
function newer(
  first: GuildSettings | undefined,
  second: GuildSettings | undefined,
): GuildSettings | undefined {
  if (!first || !second) return first ?? second;
  return first.version > second.version ? first : second;
}
