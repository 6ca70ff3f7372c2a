import { describe, expect } from 'vitest';
import { saying } from '../stage.ts';
import { ask } from './ask.ts';
import { audit } from './audit.ts';
import { dieAfter } from './die-after.ts';
import { onSceneOf } from './on-scene.ts';

// A bot in a process of its own dies (SIGKILL) right after each of a generation's durable writes in
// turn, before anybody hears that it was done; another one is started on the same store.

const onScene = onSceneOf('claid');

/** The durable writes of one generation of two pictures, in order; the two pictures' take turns. */
const writes = [
  'insert generations, insert ledger_entries, insert ledger_buckets',
  'update generations, insert departures',
  'update generations, insert ledger_entries, insert ledger_buckets, insert accounts',
  'fsync of the new folder',
  'fsync or rename of a picture',
  'fsync or rename of a picture',
  'fsync or rename of a picture',
  'fsync or rename of a picture',
  'fsync or rename of a picture',
  'fsync of the folder with both pictures',
  'update generations: what the pictures are',
  'update generations: about to be posted',
  'update generations: posted',
  'insert guild_log',
] as const;
const sent = 2;
const made = 3;

describe.concurrent('killed after write', () => {
  onScene('there are exactly those that are gone through here', async ({ scene, bot }) => {
    const asked = ask(scene);
    await asked.waitFor(({ answer }) => answer?.files.length === 2);
    await bot.stop();
    const noted = scene.writes();
    expect(noted).toHaveLength(writes.length);
    expect(noted.slice(0, made)).toEqual(writes.slice(0, made));
    // Two pictures at once, so only their kind is sure.
    const spooled = noted.slice(made, -4);
    expect(spooled.every((what) => what === 'fsync' || what === 'rename')).toBe(true);
    expect(noted.slice(-4)).toEqual([
      ...Array.from({ length: 3 }, () => 'update generations'),
      'insert guild_log',
    ]);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });

  onScene.for(writes.map((what, index) => [index + 1, what] as const))(
    '%i (%s)',
    async ([number], { scene }) => {
      const asked = await dieAfter(scene, number);
      const state = number < sent ? 'queued' : number < made ? 'sent' : 'made';
      expect(scene.states()).toMatchObject([{ state }]);
      await scene.finish(asked);
      // Only what was sent, and nobody knows whether it arrived, may end without pictures.
      expect(await audit(scene, { 'a fox': asked })).toEqual({
        'a fox': state === 'sent' ? 'unknown' : 'made',
      });
    },
  );
});

describe.concurrent('killed on the way of a request that is not made', () => {
  onScene(
    'the credits are back and the member has not been told: the next run tells',
    async ({ scene }) => {
      const bot = scene.start(3);
      await bot.ready;
      scene.api.faults.next({ kind: 'status', status: 422, message: 'input: odd words.' });
      const asked = ask(scene);
      await bot.ended;
      expect(scene.states()).toEqual([{ state: 'returned', delivery: 'none' }]);
      await scene.finish(asked);
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'returned' });
      expect(asked.answer?.text).toContain('odd words');
    },
  );

  onScene(
    'it is cancelled and the member has not been told: the next run tells',
    async ({ scene }) => {
      // The first takes two writes, the second one; the fourth is the return.
      const bot = scene.start(4);
      await bot.ready;
      scene.api.faults.next({ kind: 'hold', until: new Promise(() => undefined) });
      const arrival = scene.api.next('request', ({ prompt }) => prompt === 'a fox');
      const first = ask(scene);
      await arrival;
      const second = ask(scene, 'a hare');
      const waiting = await saying(second, 'Next in line.');
      scene.discord.as('alice').press(waiting, 'Cancel');
      await bot.ended;
      expect(scene.states()).toMatchObject([{ state: 'sent' }, { state: 'returned' }]);
      await scene.finish(first, second);
      expect(await audit(scene, { 'a fox': first, 'a hare': second })).toEqual({
        'a fox': 'unknown',
        'a hare': 'returned',
      });
      expect(second.answer?.text).toBe('Cancelled. Your 2 credits are back.');
      expect(second.answer?.buttons).toEqual([]);
    },
  );

  onScene('a 429 has sent it back into the line: the next run makes it', async ({ scene }) => {
    const bot = scene.start(3);
    await bot.ready;
    scene.api.faults.next({ kind: 'status', status: 429 });
    const asked = ask(scene);
    await bot.ended;
    expect(scene.states()).toEqual([{ state: 'queued', delivery: 'none' }]);
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });
});
