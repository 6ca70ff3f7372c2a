import { it, vi } from 'vitest';
import { setScene } from './scene.ts';
import type { Child, Scene } from './scene.ts';

// Each test has processes of its own, so two at a time keep two cores busy; more would only make
// each of them slow.
vi.setConfig({ maxConcurrency: 2 });

/** A test with a scene of its own, without a bot yet, and one with a bot that serves commands. */
export const onScene = it.extend<{ readonly scene: Scene; readonly bot: Child }>({
  // oxlint-disable-next-line no-empty-pattern -- how the runner learns what a fixture needs
  scene: async ({}, use) => {
    const scene = await setScene();
    try {
      await use(scene);
    } finally {
      await scene.close();
    }
  },
  bot: async ({ scene }, use) => {
    const bot = scene.start();
    await bot.ready;
    await use(bot);
  },
});
