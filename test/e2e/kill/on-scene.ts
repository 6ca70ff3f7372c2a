import { it, vi } from 'vitest';
import type { TestAPI } from 'vitest';
import type { StandInName } from '../../../src/playground/stand-ins.ts';
import { setScene } from './scene.ts';
import type { Child, Scene } from './scene.ts';

// Each test has processes of its own, so two at a time keep two cores busy; more would only make
// each of them slow.
vi.setConfig({ maxConcurrency: 2 });

/** What a test on a scene works with: one without a bot yet, and where wanted one that serves commands. */
export interface OnScene {
  readonly scene: Scene;
  readonly bot: Child;
}

/**
 * Tests each with a scene of its own, on which the bot knows this image API.
 *
 * @param patienceMs how long a generation may take to its end, in real time; 10 s unless told
 */
export function onSceneOf(api: StandInName, patienceMs?: number): TestAPI<OnScene> {
  return it.extend<OnScene>({
    // oxlint-disable-next-line no-empty-pattern -- how the runner learns what a fixture needs
    scene: async ({}, use) => {
      const scene = await setScene(api, patienceMs);
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
}
