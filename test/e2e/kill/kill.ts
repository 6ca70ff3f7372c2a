import { expect } from 'vitest';
import type { Child } from './scene.ts';

/** SIGKILL, and nothing else ended it. */
export async function kill(bot: Child): Promise<void> {
  bot.kill();
  expect(await bot.ended).toBe('SIGKILL');
}
