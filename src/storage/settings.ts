import type { Clock } from '../clock.ts';
import type { GuildSettings, Settings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';
import { every } from '../schedule.ts';
import { createSnapshots } from './snapshots.ts';

const pollEveryMs = 5_000;

/**
 * The settings of guilds over a store. Where other processes use the store as well, what they change
 * is noticed within 5 s; while that cannot be asked for, what is older than 30 s is loaded anew.
 *
 * @param options.onTrouble told once when the store cannot be asked any more for what others have changed
 */
export function createSettings(options: {
  readonly store: Pick<
    Store,
    'exclusive' | 'settings' | 'changeRules' | 'changeBlock' | 'settingsChanged'
  >;
  readonly clock: Clock;
  onTrouble(error: unknown): void;
}): Settings {
  const { store, clock } = options;
  const snapshots = createSnapshots(clock, { trustedAlone: store.exclusive });
  const loading = new Map<string, Promise<GuildSettings>>();

  async function load(guildId: string): Promise<GuildSettings> {
    const known = snapshots.get(guildId);
    if (known) return known;
    const underWay = loading.get(guildId);
    if (underWay) return underWay;
    const reading = snapshots.begin(guildId);
    const started = store
      .settings(guildId)
      .then((settings) => reading.end(settings))
      .finally(() => {
        reading.leave();
        if (loading.get(guildId) === started) loading.delete(guildId);
      });
    loading.set(guildId, started);
    return started;
  }

  /** What comes back is the newest there is; where nothing does, nobody knows what was written. */
  async function write<
    T extends { readonly settings: GuildSettings } | { readonly refused: unknown },
  >(guildId: string, writing: Promise<T>): Promise<T> {
    const reading = snapshots.begin(guildId);
    try {
      const written = await writing;
      if ('settings' in written) reading.end(written.settings);
      return written;
    } catch (error) {
      forget(guildId);
      throw error;
    } finally {
      reading.leave();
    }
  }

  /** Whoever asks from now on gets an answer that was read from now on. */
  function forget(guildId: string): void {
    loading.delete(guildId);
    snapshots.drop(guildId);
  }

  let latest = 0;
  let inTrouble = false;
  async function poll(): Promise<void> {
    const startedAt = clock.now();
    const changed = await store.settingsChanged(latest);
    inTrouble = false;
    // Numbers that went back are those of another database, restored from a backup.
    if (changed.latest < latest) {
      loading.clear();
      snapshots.dropAll();
    } else {
      changed.guildIds.forEach(forget);
    }
    latest = changed.latest;
    snapshots.confirm(startedAt);
  }
  const stop = store.exclusive
    ? undefined
    : every(clock, pollEveryMs, poll, (error) => {
        if (!inTrouble) options.onTrouble(error);
        inTrouble = true;
      });

  return {
    peek: (guildId) => snapshots.get(guildId),
    load,
    change: (guildId, by, edit) =>
      write(guildId, store.changeRules(guildId, by, clock.now(), edit)),
    block: (guildId, memberId, by, block) =>
      write(guildId, store.changeBlock(guildId, memberId, by, clock.now(), block)),
    async close() {
      await stop?.();
    },
  };
}
