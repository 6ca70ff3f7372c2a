import { describe } from 'vitest';
import { audit } from './audit.ts';
import { ended } from './ended.ts';
import { onSceneOf } from './on-scene.ts';

// A bot in a process of its own is told to stop (SIGTERM) before it has come to serve anything.

const onScene = onSceneOf('claid');

describe.concurrent('told to stop while it starts', () => {
  onScene('Claid is asked whether the key is good: it leaves in good order', async ({ scene }) => {
    const happens = scene.api.next('request');
    const bot = scene.start();
    await happens;
    await bot.stop();
  });

  onScene('the gateway is connected: it leaves in good order', async ({ scene }) => {
    const happens = scene.discord.events.next('gateway-connected');
    const bot = scene.start();
    await happens;
    await bot.stop();
  });

  onScene('something is left to make up for: it ends, and the member knows', async ({ scene }) => {
    const first = scene.start(1);
    await first.ready;
    const asked = scene.discord.as('alice').command('imagine', { prompt: 'a fox', images: 2 });
    await first.ended;
    const happens = scene.discord.events.next('gateway-connected');
    const bot = scene.start();
    await happens;
    await bot.stop();
    await ended(asked);
    await audit(scene, { 'a fox': asked });
  });
});
