import { describe, expect, vi } from 'vitest';
import { saying } from '../e2e/stage.ts';
import { ask } from '../e2e/kill/ask.ts';
import { audit } from '../e2e/kill/audit.ts';
import { dieAfter } from '../e2e/kill/die-after.ts';
import { kill } from '../e2e/kill/kill.ts';
import { onSceneOf } from '../e2e/kill/on-scene.ts';

// A bot in a process of its own dies (SIGKILL) while something outside is under way: the moments
// between its durable writes; and twice, right after writes. Another one is started on the same store.

const onScene = onSceneOf('claid');

const never = new Promise(() => undefined);

describe.concurrent('killed while', () => {
  onScene.for([
    ['not charged yet', false],
    ['charged already', true],
  ] as const)(
    'its request is out, %s: it is told as uncertain and never posted again',
    async ([, charged], { scene, bot }) => {
      const { api } = scene;
      api.faults.next({ kind: 'hold', until: never, charged });
      const happens = charged
        ? api.next('charge')
        : api.next('request', ({ prompt }) => prompt === 'a fox');
      const asked = ask(scene);
      await happens;
      await kill(bot);
      await scene.finish(asked);
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'unknown' });
      expect(api.books.totalCost).toBe(charged ? 2 : 0);
    },
  );

  onScene(
    'one request is out and another waits in line: one is told, the other made',
    async ({ scene, bot }) => {
      scene.api.faults.next({ kind: 'hold', until: never });
      const happens = scene.api.next('request', ({ prompt }) => prompt === 'a fox');
      const first = ask(scene);
      await happens;
      const second = ask(scene, 'a hare');
      await saying(second, 'Next in line.');
      await kill(bot);
      await scene.finish(first, second);
      expect(await audit(scene, { 'a fox': first, 'a hare': second })).toEqual({
        'a fox': 'unknown',
        'a hare': 'made',
      });
      expect(second.answer?.buttons.map(({ label }) => label)).toEqual(['Delete']);
    },
  );

  onScene('a picture is half downloaded: it is downloaded anew', async ({ scene, bot }) => {
    scene.api.faults.nextDownload({ kind: 'slow', ms: 600_000, afterBytes: 100 });
    const happens = scene.api.next('download');
    const asked = ask(scene);
    await happens;
    await kill(bot);
    expect(scene.states()).toEqual([{ state: 'made', delivery: 'pending' }]);
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });

  onScene('Discord has not taken the upload yet: it is uploaded again', async ({ scene, bot }) => {
    const upload = scene.discord.faults.add({ method: 'PATCH', route: /@original$/, hold: true });
    const asked = ask(scene);
    await upload.hit;
    // On a slow day the first edit is a word of progress; the upload waits for it.
    await vi.waitFor(() =>
      expect(scene.states()).toEqual([{ state: 'made', delivery: 'posting' }]),
    );
    await kill(bot);
    upload.remove();
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });

  onScene.for([
    ['public', false],
    ['private', true],
  ] as const)(
    'Discord has taken the %s upload but not answered: it is found, not uploaded again',
    async ([, isPrivate], { scene, bot }) => {
      const { discord } = scene;
      discord.events.on('message-updated', ({ message }) => {
        if (message.files.length > 0) bot.kill();
      });
      const options = { prompt: 'a fox', images: 2, private: isPrivate };
      const asked = discord.as('alice').command('imagine', options);
      await bot.ended;
      expect(scene.states()).toEqual([{ state: 'made', delivery: 'posting' }]);
      await scene.finish(asked);
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
      expect(discord.requests.filter(({ files }) => files.length > 0)).toHaveLength(1);
    },
  );

  onScene(
    'Discord has taken a message in the channel but not answered: there is no second one',
    async ({ scene, bot }) => {
      const { discord } = scene;
      discord.faults.add({
        method: 'PATCH',
        route: /@original$/,
        times: 100,
        status: 401,
        body: { code: 50027, message: 'Invalid Webhook Token' },
      });
      discord.events.on('message-created', ({ message }) => {
        if (message.files.length > 0) bot.kill();
      });
      ask(scene);
      await bot.ended;
      expect(scene.states()).toEqual([{ state: 'made', delivery: 'posting' }]);
      const sentAgain = discord.events.next(
        'request',
        ({ request }) => request.route === '/channels/:channel/messages' && request.status === 200,
      );
      const next = scene.start();
      await Promise.all([next.ready, sentAgain]);
      await next.stop();
      expect(scene.states()).toEqual([{ state: 'made', delivery: 'posted' }]);
      const seen = discord.as('alice').sees('pictures');
      expect(seen.filter(({ files }) => files.length > 0)).toHaveLength(1);
    },
  );
});

describe.concurrent('killed, and killed again while that is made up for', () => {
  onScene.for([
    ['queued', 1, 2, 'unknown'],
    ['sent', 2, 2, 'unknown'],
    ['made', 8, 4, 'made'],
    ['posting', 12, 2, 'made'],
  ] as const)(
    '%s: after write %i, and after write %i of the next run, it ends as %s',
    async ([, first, second, ending], { scene }) => {
      const asked = await dieAfter(scene, first);
      const again = scene.start(second);
      expect(await again.ended).toBe('SIGKILL');
      expect(scene.writes()).toHaveLength(first + second);
      await scene.finish(asked);
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': ending });
    },
  );
});
