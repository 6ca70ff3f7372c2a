import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import type { Claid } from '../../../src/playground/claid/claid.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { ask, bytesAt, outputs, urls } from './ask.ts';

const clock = createShiftedClock();
let claid: Claid;
beforeEach(async () => {
  claid = await startClaid({ clock, latencyMs: 0, windows: 'off', pictures: 'small', credits: 6 });
});
afterEach(() => claid.close());

it('charges one credit for each picture and writes down for what', async () => {
  const reply = await ask(claid, { input: 'a fox', options: { number_of_images: 3 } });
  expect(claid.books.charges).toMatchObject([
    {
      requestId: reply.headers.get('x-request-id'),
      prompt: 'a fox',
      images: 3,
      blackImages: 0,
      cost: 3,
    },
  ]);
  expect(claid.books.creditsLeft).toBe(3);
  expect(claid.requests[0]).toMatchObject({
    prompt: 'a fox',
    status: 200,
    cost: 3,
    aborted: false,
  });
});

it('answers 402 when the credits do not suffice, and goes on when there are new ones', async () => {
  expect((await ask(claid, { input: 'first' })).status).toBe(200);
  const refused = await ask(claid, { input: 'second' });
  expect(refused.status).toBe(402);
  expect(refused.json).toMatchObject({ error_message: 'No API calls left.' });
  expect(claid.books.totalCost).toBe(4);
  claid.books.creditsLeft = 4;
  expect((await ask(claid, { input: 'third' })).status).toBe(200);
});

it('does not sell the same credits to two requests at the same time', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  claid.faults.next({ kind: 'hold', until: promise });
  const first = ask(claid, { input: 'first' });
  await claid.next('request');
  expect((await ask(claid, { input: 'second' })).status).toBe(402);
  resolve();
  expect((await first).status).toBe(200);
});

it.each([
  ['a forbidden thing', [true, true, true, true]],
  ['a partly forbidden thing', [false, true, false, true]],
  ['an unforbiddenly nice thing', [false, false, false, false]],
])('charges black pictures as well: %s', async (prompt, black) => {
  const reply = await ask(claid, { input: prompt });
  const bytes = await Promise.all(urls(reply).map(bytesAt));
  const blank = await Promise.all(
    bytes.map(async (each) => (await sharp(each).raw().toBuffer()).every((value) => value === 0)),
  );
  expect(blank).toEqual(black);
  expect(claid.books.charges[0]).toMatchObject({
    images: 4,
    cost: 4,
    blackImages: black.filter(Boolean).length,
  });
});

it('blacks out the pictures it is told to', async () => {
  claid.faults.next({ kind: 'black', indexes: [2] });
  await ask(claid, { input: 'a fox' });
  expect(claid.books.charges[0]?.blackImages).toBe(1);
});

it('tells which prompts came twice, except where a 429 turned the first one away', async () => {
  claid.books.creditsLeft = Infinity;
  claid.faults.next({ kind: 'status', status: 429 });
  await ask(claid, { input: 'refused, then made' });
  await ask(claid, { input: 'refused, then made' });
  expect([claid.postedTwice(), claid.books.chargedTwice()]).toEqual([[], []]);
  claid.faults.next({ kind: 'cut', when: 'after-charging' });
  await expect(ask(claid, { input: 'lost and repeated' })).rejects.toThrow();
  await ask(claid, { input: 'lost and repeated' });
  expect(claid.postedTwice()).toEqual(['lost and repeated']);
  expect(claid.books.chargedTwice()).toEqual(['lost and repeated']);
});

it('stores objects in the bucket and serves them by their key', async () => {
  claid.settings.storages = [{ name: 'easel', type: 's3', bucket: 'pictures', path: 'base/' }];
  const reply = await ask(claid, {
    input: 'a fox',
    options: { number_of_images: 2 },
    output: 'storage://easel/discord/2026%20a/',
  });
  for (const [index, output] of outputs(reply).entries()) {
    const key = output.object_key ?? '';
    expect(key).toMatch(/^base\/discord\/2026 a\/[0-9a-f]+_[12]\.png$/);
    expect(output).toMatchObject({
      object_bucket: 'pictures',
      object_uri: `s3://pictures/${encodeURI(key)}`,
    });
    expect(output.claid_storage_uri).toMatch(/^storage:\/\/easel\/discord\/2026%20a\/.+\.png$/);
    expect(output).not.toHaveProperty('tmp_url');
    const bytes = await bytesAt(new URL(encodeURI(key), claid.bucketUrl).href);
    const requestId = reply.headers.get('x-request-id') ?? '';
    expect(bytes.equals(await claid.pictureBytes(requestId, index))).toBe(true);
  }
});

it('can send an empty temporary address with an object', async () => {
  claid.settings.tmpUrlWithOutput = 'empty';
  const reply = await ask(claid, { input: 'a fox', output: 'storage://easel/' });
  expect(outputs(reply).map((each) => each.tmp_url)).toEqual(['', '', '', '']);
});

it('keeps temporary pictures for 24 hours of the clock and objects for good', async () => {
  const tmp = urls(await ask(claid, { input: 'a fox', options: { number_of_images: 1 } }));
  const object = outputs(
    await ask(claid, {
      input: 'a fox',
      options: { number_of_images: 1 },
      output: 'storage://easel/',
    }),
  )[0];
  clock.advance(86_000_000);
  expect((await fetch(tmp[0] ?? '')).status).toBe(200);
  clock.advance(400_001);
  expect((await fetch(tmp[0] ?? '')).status).toBe(404);
  expect((await fetch(`${claid.bucketUrl}${object?.object_key ?? ''}`)).status).toBe(200);
});
