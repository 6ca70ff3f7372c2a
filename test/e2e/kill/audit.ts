import { expect } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { Invocation } from '../../../src/playground/discord/control.ts';
import { openStore } from '../../../src/storage/open.ts';
import { finalWords } from './ended.ts';
import type { Ending } from './ended.ts';
import type { Scene } from './scene.ts';
import { dayWindows } from '../day-windows.ts';

/**
 * Checks, with no bot running, what must hold however often one was killed: every prompt was posted
 * once at most, every answer stands once and says how it ended, every picture is the one that the
 * API made, and what the ledger says of each end is what the API's books say.
 *
 * @param asked the requests, by their prompts, two pictures each
 * @returns how each of them ended, by its prompt
 */
export async function audit(
  scene: Scene,
  asked: Readonly<Record<string, Invocation>>,
): Promise<Record<string, Ending>> {
  const { api, discord } = scene;
  expect(discord.violations).toEqual([]);
  expect(api.postedTwice()).toEqual([]);
  expect(api.books.chargedTwice()).toEqual([]);
  const rows = scene.sql('select id, request, state, delivery from generations');
  expect(rows).toHaveLength(Object.keys(asked).length);
  const endings: Record<string, Ending> = {};
  for (const [prompt, invocation] of Object.entries(asked)) {
    const row = rows.find(({ id }) => id === `${invocation.id}-0`);
    const ending = String(row?.['state']) as Ending;
    endings[prompt] = ending;
    expect(invocation.answer?.text).toMatch(finalWords[ending]);
    await auditAnswer(scene, prompt, ending);
    expect(row?.['delivery']).toBe(ending === 'made' ? 'posted' : 'none');
  }
  const messages = discord.as('alice').sees('pictures');
  expect(messages).toHaveLength(Object.keys(asked).length);
  await auditLedger(scene, Object.values(endings));
  return endings;
}

async function auditAnswer(scene: Scene, prompt: string, ending: Ending): Promise<void> {
  const { api, discord } = scene;
  const charges = api.books.charges.filter((charge) => charge.prompt === prompt);
  if (ending === 'returned') expect(charges).toEqual([]);
  if (ending !== 'made') return;
  expect(charges).toMatchObject([{ cost: 2 }]);
  const shown = discord
    .as('alice')
    .sees('pictures')
    .filter(({ files }) => files.some(({ description }) => description === prompt));
  expect(shown).toHaveLength(1);
  expect(shown[0]?.files).toHaveLength(2);
  for (const [index, { bytes }] of shown[0]?.files.entries() ?? [])
    expect(Buffer.from(bytes)).toEqual(await api.pictureBytes(charges[0]?.requestId ?? '', index));
}

async function auditLedger(scene: Scene, endings: readonly Ending[]): Promise<void> {
  const { api, discord } = scene;
  const made = 2 * endings.filter((ending) => ending === 'made').length;
  const unknown = 2 * endings.filter((ending) => ending === 'unknown').length;
  const store = await openStore({ url: scene.storeUrl, clock: systemClock });
  try {
    expect(await store.verify()).toEqual([]);
    const [account] = scene.sql('select distinct account from generations');
    expect(await store.providerCost(String(account?.['account']))).toEqual({
      settled: made,
      unknown,
    });
    // What nobody could know is all that the books may have besides.
    const { totalCost } = api.books;
    expect(totalCost).toBeGreaterThanOrEqual(made);
    expect(totalCost).toBeLessThanOrEqual(made + unknown);
    const guildId = discord.guild().id;
    const spent = await store.spent(dayWindows(guildId, discord.as('alice').id), systemClock.now());
    expect(spent.map(({ credits }) => credits)).toEqual([made, made + unknown, made + unknown]);
  } finally {
    await store.close();
  }
}
