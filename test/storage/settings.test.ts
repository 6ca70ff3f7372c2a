import { afterEach, describe, expect, test } from 'vitest';
import { noRules } from '../../src/domain/rule.ts';
import type { GuildSettings, Settings } from '../../src/domain/settings.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import { createSettings } from '../../src/storage/settings.ts';
import { block, eachMemberADay, guild, member, moderator, refuse } from './moderation/edits.ts';

type Stored = Parameters<typeof createSettings>[0]['store'];

/** A store of settings in memory, whose answers can be held back and made to fail. */
function createSource(exclusive: boolean) {
  const stored = new Map<string, GuildSettings>();
  const changed = new Map<string, number>();
  const held: (() => void)[] = [];
  let latest = 0;
  const source = {
    reads: 0,
    polls: 0,
    holding: false,
    failing: false,
    /** Lets the answers go that were held back, in the given order. */
    async release(order: readonly number[] = held.map((_, index) => index)): Promise<void> {
      const waiting = held.splice(0);
      for (const index of order) {
        waiting[index]?.();
        await settled();
      }
    },
    /** As another process does it. */
    write(guildId: string, credits: number): GuildSettings {
      const before = read(guildId);
      const edited = eachMemberADay(credits)(before);
      if ('refused' in edited) throw new Error('refused');
      return keep({ ...before, version: before.version + 1, rules: edited.rules });
    },
    store: {
      exclusive,
      settings: (guildId) => {
        source.reads += 1;
        return answer(() => read(guildId));
      },
      changeRules: (guildId, _by, _at, edit) =>
        answer(() => {
          const before = read(guildId);
          const edited = edit(before);
          if ('refused' in edited) return edited;
          const { rules, change } = edited;
          return { change, settings: keep({ ...before, version: before.version + 1, rules }) };
        }),
      changeBlock: (guildId, memberId, _by, _at, after) =>
        answer(() => {
          const before = read(guildId);
          const blocks = new Map(before.blocks);
          if (after) blocks.set(memberId, after);
          else blocks.delete(memberId);
          const settings = keep({ ...before, version: before.version + 1, blocks });
          return { change: { what: 'block', memberId, before: null, after }, settings };
        }),
      settingsChanged: (after) => {
        source.polls += 1;
        return answer(() => ({
          guildIds: [...changed].filter(([, number]) => number > after).map(([id]) => id),
          latest,
        }));
      },
    } satisfies Stored,
    /** Another database, restored from an old backup. */
    restore(): void {
      stored.clear();
      changed.clear();
      latest = 0;
    },
  };

  function read(guildId: string): GuildSettings {
    return stored.get(guildId) ?? { guildId, version: 0, rules: noRules, blocks: new Map() };
  }
  function keep(settings: GuildSettings): GuildSettings {
    latest += 1;
    stored.set(settings.guildId, settings);
    changed.set(settings.guildId, latest);
    return settings;
  }
  /** What is read or written is decided when it is asked for, whenever the answer arrives. */
  function answer<T>(decide: () => T): Promise<T> {
    if (source.failing) return Promise.reject(new Error('the store cannot be reached'));
    const value = decide();
    if (!source.holding) return Promise.resolve(value);
    return new Promise((resolve) => held.push(() => resolve(value)));
  }
  return source;
}

/** Lets everything run that waits for nothing. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const limitOf = (settings: GuildSettings | undefined): number | undefined =>
  settings?.rules.limits[0]?.credits;

const open: Settings[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((settings) => settings.close()));
});

function build({ exclusive }: { readonly exclusive: boolean }) {
  const source = createSource(exclusive);
  const clock = createShiftedClock();
  const troubles: unknown[] = [];
  const { store } = source;
  const settings = createSettings({ store, clock, onTrouble: (error) => troubles.push(error) });
  open.push(settings);
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return { source, settings, troubles, pass };
}

describe('settings', () => {
  test('are in memory once they were loaded, and asked for no more', async () => {
    const { source, settings } = build({ exclusive: true });
    source.write(guild, 5);
    expect(settings.peek(guild)).toBeUndefined();
    expect(source.reads).toBe(0);
    expect(limitOf(await settings.load(guild))).toBe(5);
    expect(limitOf(settings.peek(guild))).toBe(5);
    await settings.load(guild);
    expect(source.reads).toBe(1);
  });

  test('those who ask for the same guild at once share one query', async () => {
    const { source, settings } = build({ exclusive: true });
    source.holding = true;
    const loads = [settings.load(guild), settings.load(guild), settings.load('guild-2')];
    await source.release();
    const [first, second] = await Promise.all(loads);
    expect(first).toBe(second);
    expect(source.reads).toBe(2);
  });

  test('a load that failed is tried anew by the next one', async () => {
    const { source, settings } = build({ exclusive: true });
    source.failing = true;
    await expect(settings.load(guild)).rejects.toThrow('cannot be reached');
    source.failing = false;
    expect(await settings.load(guild)).toMatchObject({ version: 0 });
  });

  test('a change and a block are in memory at once, a refusal changes nothing', async () => {
    const { source, settings } = build({ exclusive: true });
    await settings.change(guild, moderator, eachMemberADay(5));
    expect(settings.peek(guild)).toMatchObject({ version: 1 });
    await settings.block(guild, member, moderator, block());
    expect(settings.peek(guild)?.blocks.get(member)).toEqual(block());
    const refused = { reason: 'no-change', what: 'rule' } as const;
    expect(await settings.change(guild, moderator, refuse(refused))).toEqual({ refused });
    expect(settings.peek(guild)).toMatchObject({ version: 2 });
    expect(source.reads).toBe(0);
  });

  test('a load that is slower than a change does not bring the old version back', async () => {
    const { source, settings } = build({ exclusive: true });
    source.holding = true;
    const loading = settings.load(guild);
    const changing = settings.change(guild, moderator, eachMemberADay(5));
    await source.release([1, 0]);
    await changing;
    expect(await loading).toMatchObject({ version: 1 });
    expect(limitOf(settings.peek(guild))).toBe(5);
  });

  test('of two changes the newer one stays, whichever answer arrives last', async () => {
    const { source, settings } = build({ exclusive: true });
    source.holding = true;
    const changes = [1, 2].map((credits) =>
      settings.change(guild, moderator, eachMemberADay(credits)),
    );
    await source.release([1, 0]);
    await Promise.all(changes);
    expect(settings.peek(guild)).toMatchObject({ version: 2 });
  });

  test('a slow load does not bring an old version back even where the newer one was put out meanwhile', async () => {
    const { source, settings } = build({ exclusive: true });
    source.holding = true;
    const loading = settings.load(guild);
    const changing = settings.change(guild, moderator, eachMemberADay(5));
    const others = Array.from({ length: 1_000 }, (_, index) => settings.load(`g${index}`));
    await source.release([1, ...others.map((_, index) => index + 2), 0]);
    await Promise.all([changing, ...others]);
    expect(await loading).toMatchObject({ version: 1 });
    expect(settings.peek(guild)).toMatchObject({ version: 1 });
  });

  test('after a change of which nobody knows whether it was written, they are loaded anew', async () => {
    const { source, settings } = build({ exclusive: true });
    await settings.load(guild);
    source.failing = true;
    await expect(settings.change(guild, moderator, eachMemberADay(5))).rejects.toThrow();
    source.failing = false;
    source.write(guild, 5);
    expect(settings.peek(guild)).toBeUndefined();
    expect(limitOf(await settings.load(guild))).toBe(5);
  });

  test('of a thousand guilds are kept; the one that was not looked at for longest goes', async () => {
    const { settings } = build({ exclusive: true });
    const ids = Array.from({ length: 1_000 }, (_, index) => `g${index}`);
    for (const id of ids) await settings.load(id);
    settings.peek('g0');
    await settings.load('g1000');
    expect(settings.peek('g0')).toBeDefined();
    expect(settings.peek('g1')).toBeUndefined();
    expect(settings.peek('g2')).toBeDefined();
  });

  test('of a store of one process are not polled, and are good however old', async () => {
    const { source, settings, pass } = build({ exclusive: true });
    await settings.load(guild);
    await pass(24 * 3_600_000);
    expect(source.polls).toBe(0);
    expect(settings.peek(guild)).toBeDefined();
  });
});

describe('settings that other processes change', () => {
  test('are noticed within 5 s; the others stay in memory', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    await settings.load(guild);
    await settings.load('guild-2');
    await pass(5_000);
    source.write(guild, 7);
    expect(settings.peek(guild)).toMatchObject({ version: 0 });
    await pass(5_000);
    expect(settings.peek(guild)).toBeUndefined();
    expect(limitOf(await settings.load(guild))).toBe(7);
    expect(settings.peek('guild-2')).toBeDefined();
    await pass(5_000);
    expect(limitOf(settings.peek(guild))).toBe(7);
  });

  test('a load that was read before the change and answered after the poll is not kept', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    source.holding = true;
    const loading = settings.load(guild);
    source.write(guild, 7);
    source.holding = false;
    await pass(5_000);
    await source.release();
    expect(await loading).toMatchObject({ version: 0 });
    expect(settings.peek(guild)).toBeUndefined();
    expect(limitOf(await settings.load(guild))).toBe(7);
  });

  test('who asks after the poll does not get a query from before it', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    source.holding = true;
    const early = settings.load(guild);
    source.write(guild, 7);
    source.holding = false;
    await pass(5_000);
    expect(limitOf(await settings.load(guild))).toBe(7);
    await source.release();
    await early;
    expect(limitOf(settings.peek(guild))).toBe(7);
  });

  test('trouble is told once for each time that it begins', async () => {
    const { source, troubles, pass } = build({ exclusive: false });
    source.failing = true;
    await pass(5_000);
    await pass(5_000);
    await pass(5_000);
    expect(troubles).toHaveLength(1);
    source.failing = false;
    await pass(5_000);
    source.failing = true;
    await pass(5_000);
    expect(troubles).toHaveLength(2);
    expect(troubles[0]).toMatchObject({ message: 'the store cannot be reached' });
  });

  test('are trusted for 30 s while nobody can say whether they changed, then loaded anew', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    await settings.load(guild);
    await pass(5_000);
    source.failing = true;
    for (let seconds = 5; seconds <= 25; seconds += 5) await pass(5_000);
    expect(settings.peek(guild)).toBeDefined();
    await pass(10_000);
    expect(settings.peek(guild)).toBeUndefined();
    await expect(settings.load(guild)).rejects.toThrow('cannot be reached');
    source.failing = false;
    source.write(guild, 3);
    expect(limitOf(await settings.load(guild))).toBe(3);
    expect(limitOf(settings.peek(guild))).toBe(3);
  });

  test('stay trusted for as long as the polls succeed', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    await settings.load(guild);
    for (let seconds = 5; seconds <= 120; seconds += 5) await pass(5_000);
    expect(settings.peek(guild)).toBeDefined();
    expect(source.reads).toBe(1);
  });

  test('a poll that hangs is no reason to trust them for ever', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    await settings.load(guild);
    source.holding = true;
    for (let seconds = 5; seconds <= 40; seconds += 5) await pass(5_000);
    expect(settings.peek(guild)).toBeUndefined();
    await source.release();
  });

  test('are all loaded anew where the store was replaced by an older one', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    source.write('guild-3', 1);
    await settings.change(guild, moderator, eachMemberADay(5));
    await pass(5_000);
    await settings.load(guild);
    source.restore();
    await pass(5_000);
    expect(settings.peek(guild)).toBeUndefined();
    expect(await settings.load(guild)).toMatchObject({ version: 0 });
    expect(settings.peek(guild)).toMatchObject({ version: 0 });
  });

  test('are asked for no more once they are closed', async () => {
    const { source, settings, pass } = build({ exclusive: false });
    await pass(5_000);
    await settings.close();
    await pass(60_000);
    expect(source.polls).toBe(1);
  });
});
