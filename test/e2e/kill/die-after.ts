import { expect } from 'vitest';
import type { Invocation } from '../../../src/playground/discord/control.ts';
import { ask } from './ask.ts';
import type { Scene } from './scene.ts';

/** Lets the bot die after so many writes of the generation that it is asked for. */
export async function dieAfter(scene: Scene, number: number): Promise<Invocation> {
  const bot = scene.start(number);
  await bot.ready;
  const asked = ask(scene);
  expect(await bot.ended).toBe('SIGKILL');
  expect(scene.writes()).toHaveLength(number);
  return asked;
}
