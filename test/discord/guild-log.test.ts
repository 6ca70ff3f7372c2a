import type { REST } from 'discord.js';
import { expect, it, vi } from 'vitest';
import { createGuildLog } from '../../src/discord/guild-log.ts';
import type { GuildLogTools } from '../../src/discord/guild-log.ts';
import type { GuildLogEntry } from '../../src/domain/guild-log.ts';
import type { Picture } from '../../src/domain/pictures.ts';
import { noRules } from '../../src/domain/rule.ts';
import { createLog } from '../../src/log.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';

const mib = 1024 * 1024;

/** A log over entries in memory; each is a generation of as many pictures as there are sizes, in MiB. */
function logOf(
  waiting: Record<string, readonly (readonly number[])[]>,
  withoutChannel: readonly string[] = [],
) {
  const clock = createShiftedClock();
  const sizes = new Map<string, readonly number[]>();
  const unposted = new Map<string, GuildLogEntry[]>();
  for (const [guildId, generations] of Object.entries(waiting)) {
    const entries = generations.map((of, index): GuildLogEntry => {
      const generationId = `${guildId}-${index}`;
      sizes.set(generationId, of);
      const event = { kind: 'generation', generationId, messageId: null } as const;
      return { id: sizes.size, guildId, at: clock.now(), by: 'm', event };
    });
    unposted.set(guildId, entries);
  }
  /** The files of each message: their sizes in MiB. */
  const posted: number[][] = [];
  const fitted: number[][] = [];
  const held = new Set<Picture>();
  let mostHeld = 0;
  const tools = {
    clock,
    log: createLog({ level: 'silent', secrets: [] }),
    settings: {
      // Others are not in memory.
      peek: (guildId: string) =>
        withoutChannel.includes(guildId) ? { rules: noRules } : undefined,
      load: (guildId: string) =>
        Promise.resolve({
          guildId,
          version: 1,
          rules: { ...noRules, logChannelId: guildId },
          blocks: new Map(),
        }),
    },
    store: {
      find: (id: string) =>
        Promise.resolve({
          id,
          credits: 1,
          request: { prompt: 'a fox' },
          destination: { channelId: 'c', private: false },
          pictures: (sizes.get(id) ?? []).map(() => ({ kind: 'kept' })),
        }),
      takeUnposted(guildId: string, _since: number, limit: number) {
        asked.add(guildId);
        return Promise.resolve(unposted.get(guildId)?.splice(0, limit) ?? []);
      },
      giveBackUnposted(entryIds: readonly number[], from = [...unposted.keys()]) {
        given.push(...entryIds);
        return Promise.resolve(from.length);
      },
      guildsWithUnposted: () => Promise.resolve([...unposted.keys()]),
    },
    pictures: {
      fetch({ generationId, index }: { generationId: string; index: number }) {
        const bytes = new Uint8Array((sizes.get(generationId)?.[index] ?? 0) * mib);
        const sides = { width: 1, height: 1 } as const;
        const picture = { bytes, type: 'png', ...sides, shrunk: false, blank: false } as const;
        held.add(picture);
        mostHeld = Math.max(mostHeld, held.size);
        return Promise.resolve(picture);
      },
      fit(pictures: readonly Picture[]) {
        fitted.push(pictures.map(({ bytes }) => bytes.length / mib));
        return Promise.resolve(
          pictures.map((picture) => ({ ...picture, bytes: new Uint8Array(mib) })),
        );
      },
      release(pictures: readonly Picture[]) {
        for (const picture of pictures) held.delete(picture);
      },
    },
    rest: {
      async post() {
        posted.push([...held].map(({ bytes }) => bytes.length / mib));
        // Others get their turn here, if they may.
        await new Promise((resolve) => setImmediate(resolve));
      },
    } as unknown as REST,
  };
  const given: number[] = [];
  const asked = new Set<string>();
  const log = createGuildLog(tools as unknown as GuildLogTools);
  return { log, clock, posted, fitted, given, asked, mostHeld: () => mostHeld };
}

it('pictures are posted as they are, 8 MiB in a message, the rest in the next one', async () => {
  const { log, clock, posted, fitted } = logOf({ g: [[3, 3, 3, 3]] });
  await log.begin();
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  await vi.waitFor(() => {
    clock.advance(2_000);
    expect(posted).toHaveLength(2);
  });
  await log.close();
  // The third was looked at to know its size.
  expect(posted).toEqual([
    [3, 3, 3],
    [3, 3],
  ]);
  expect(fitted).toEqual([]);
});

it('only a picture that no message would take is made smaller', async () => {
  const { log, posted, fitted } = logOf({ g: [[9]] });
  await log.begin();
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  await log.close();
  expect(fitted).toEqual([[9]]);
});

it('an entry whose pictures have no room beside others waits in the store', async () => {
  const { log, posted, given } = logOf({ g: [[3, 3], [3], [1]] });
  await log.begin();
  await vi.waitFor(() => expect(given).toEqual([2, 3]));
  await log.close();
  expect(posted).toHaveLength(1);
});

it('of all guilds, one message at a time is in memory', async () => {
  const guilds = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`g${n}`, [[1, 1]]]));
  const { log, posted, mostHeld } = logOf(guilds);
  await log.begin();
  await vi.waitFor(() => expect(posted).toHaveLength(8));
  await log.close();
  expect(mostHeld()).toBe(2);
});

it('of a guild known to have no channel for it, nothing is even asked of the store', async () => {
  const { log, posted, asked } = logOf({ silent: [[1]], g: [[1]] }, ['silent']);
  await log.begin();
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  await log.close();
  expect([...asked]).toEqual(['g']);
});
