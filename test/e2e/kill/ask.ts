import type { Invocation } from '../../../src/playground/discord/control.ts';
import type { Scene } from './scene.ts';

/** A request of alice's for two pictures. */
export function ask({ discord }: Pick<Scene, 'discord'>, prompt = 'a fox'): Invocation {
  return discord.as('alice').command('imagine', { prompt, images: 2 });
}
