import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const button = (pictures: number): string =>
  pictures === 1 ? 'Make 1 picture instead' : `Make ${pictures} pictures instead`;

/** A refusal with the offer, by a limit of two credits a day, after the acknowledgement. */
async function offered(options: { readonly private?: boolean } = {}): Promise<SeenMessage> {
  const { discord } = stage;
  const limit = { credits: 2, per: 'day' };
  await saying(discord.as('mod').command('easel limit set', limit), 'each member');
  const asked = discord.as('alice').command('imagine', { prompt: 'a fox', images: 4, ...options });
  const told = options.private ? saying : toldPrivately;
  return told(asked, '2 pictures would still fit');
}

describe('a request that does not fit', () => {
  it('is run with as many pictures as do at the press of a button, once', async () => {
    const refusal = await offered();
    const alice = stage.discord.as('alice');
    const answer = await finished(alice.press(refusal, button(2)));
    expect(answer.ephemeral).toBe(false);
    expect(answer.files).toHaveLength(2);
    await toldPrivately(alice.press(refusal, button(2)), 'pressed that already');
    expect(stage.claid.books.totalCost).toBe(2);
  });

  it('stays private where it was', async () => {
    const refusal = await offered({ private: true });
    const answer = await finished(stage.discord.as('alice').press(refusal, button(2)));
    expect(answer.ephemeral).toBe(true);
  });

  it('is nobody else’s to run', async () => {
    const refusal = await offered();
    const pressed = stage.discord.as('bob').press(refusal, button(2), { raw: true });
    await toldPrivately(pressed, 'Only the member who asked');
    expect(stage.claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual([]);
  });

  it('is checked anew when it is pressed', async () => {
    const refusal = await offered();
    const alice = stage.discord.as('alice');
    await finished(alice.command('imagine', { prompt: 'an owl', images: 1 }));
    await toldPrivately(alice.press(refusal, button(2)), '1 picture would still fit');
    expect(stage.claid.books.totalCost).toBe(1);
  });

  it('is offered for an hour, also by another run of the bot', async () => {
    const refusal = await offered();
    await stage.restart();
    const alice = stage.discord.as('alice');
    stage.clock.advance(59 * 60_000);
    expect((await finished(alice.press(refusal, button(2)))).files).toHaveLength(2);
    const second = alice.command('imagine', { prompt: 'an owl', images: 2 });
    await toldPrivately(second, 'There will be enough');
    stage.clock.advance(61 * 60_000);
    await toldPrivately(alice.press(refusal, button(2)), 'do not know this request');
  });

  it('by the number of pictures is refused at once, for the member alone', async () => {
    const { discord } = stage;
    await saying(discord.as('mod').command('easel requests', { pictures: 1 }), '**1**');
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox', images: 3 });
    const refusal = await saying(asked, 'may have 1 picture at most; you asked for 3');
    expect(refusal.ephemeral).toBe(true);
    const answer = await finished(discord.as('alice').press(refusal, button(1)));
    expect(answer.files).toHaveLength(1);
  });
});
