import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

const hourMs = 3_600_000;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ settings: { RETENTION_DAYS: '2', PICTURE_DAYS: '7' } });
});
// It verifies the ledger.
afterEach(() => stage.end());

const rows = (table: string): Record<string, unknown>[] => stage.sql(`select * from ${table}`);
const prompts = (): unknown[] =>
  rows('generations')
    .map(({ request }) => (JSON.parse(String(request)) as { prompt: string }).prompt)
    .toSorted();
const kept = (): Promise<string[]> => readdir(join(stage.folder, 'pictures'));
/** Lets hours pass, one after the other, until it is so. */
const hoursUntil = (check: () => Promise<void> | void): Promise<void> =>
  vi.waitFor(
    async () => {
      stage.clock.advance(hourMs);
      await check();
    },
    { timeout: 10_000, interval: 20 },
  );

it('what is older than RETENTION_DAYS goes by itself, drafts when they expire; the numbers stay', async () => {
  const { discord, clock } = stage;
  const alice = discord.as('alice');
  await finished(alice.command('imagine', { prompt: 'an old fox', images: 2 }));
  const limit = { credits: 3, per: 'week' };
  await saying(discord.as('mod').command('easel limit set', limit), '**3 credits**');
  const tooMany = alice.command('imagine', { prompt: 'too many foxes', images: 4 });
  await toldPrivately(tooMany, '1 picture would still fit');
  expect(rows('drafts')).toHaveLength(1);
  await vi.waitFor(() => {
    const kinds = rows('guild_log').map(({ kind }) => String(kind));
    expect(kinds.toSorted()).toEqual(['change', 'generation', 'refusal']);
  });

  await hoursUntil(() => {
    expect(rows('drafts')).toEqual([]);
  });
  expect(prompts()).toEqual(['an old fox']);
  clock.advance(36 * hourMs);
  await finished(discord.as('bob').command('imagine', { prompt: 'a new fox', images: 1 }));
  expect(await kept()).toHaveLength(2);
  const ledger = rows('ledger_entries');

  await hoursUntil(() => {
    expect(prompts()).toEqual(['', 'a new fox']);
  });
  await vi.waitFor(async () => {
    expect(await kept()).toHaveLength(1);
  });
  expect(JSON.stringify([...rows('generations'), ...rows('guild_log')])).not.toContain('old fox');
  expect(rows('guild_log').every(({ by_id: by }) => by === discord.as('bob').id)).toBe(true);
  expect(rows('ledger_entries')).toEqual(ledger);
  await saying(alice.command('usage'), '1 of 3 left');
});

it('what has grown too old while the bot was away goes at its start, however much it is', async () => {
  await stage.stop();
  stage.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500)
    insert into guild_log (guild_id, at, by_id, kind, event) select 'g', i, 'm', 'deletion', '{}' from n`);
  await stage.restart();
  await vi.waitFor(() => {
    expect(rows('guild_log')).toEqual([]);
  });
});
