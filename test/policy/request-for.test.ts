import { describe, expect, it } from 'vitest';
import type { Takes } from '../../src/domain/model.ts';
import type { Wish } from '../../src/domain/wish.ts';
import type { Style } from '../../src/domain/style.ts';
import { requestFor } from '../../src/policy/request-for.ts';
import { circumstances, everything, little, offer, png, prompt, style, wish } from './offers.ts';

function made(
  takes: Takes,
  given: Partial<Wish> = {},
  rest: { guilds?: Style; mostPictures?: number; seed?: number; defaultImages?: number } = {},
) {
  const { guilds, mostPictures = null, ...by } = rest;
  const asked = guilds
    ? ({ kind: 'guild', style: guilds } as const)
    : given.style === undefined
      ? undefined
      : ({ kind: 'model', name: given.style } as const);
  return requestFor(
    offer('stablecog/flux.1', { takes }).model,
    { wish: wish(given), style: asked },
    { mostPictures },
    { ...circumstances, ...by },
  );
}

describe('what is asked of a model', () => {
  it('is what the member gave, and which options these were', () => {
    const given: Partial<Wish> = {
      images: 2,
      guidance: 3.5,
      steps: 20,
      aspect: '16:9',
      negative: 'rain',
      seed: 5,
      scheduler: 'ddim',
      style: 'anime',
      image: png,
      strength: 0.25,
      spoiler: true,
    };
    expect(made(everything, given)).toEqual({
      ...given,
      model: 'stablecog/flux.1',
      prompt,
      scheduler: 'DDIM',
      style: { kind: 'model', name: 'Anime' },
      given: [
        'prompt',
        'images',
        'guidance',
        'steps',
        'aspect',
        'negative',
        'seed',
        'scheduler',
        'style',
        'image',
        'strength',
      ],
    });
  });

  it('is the model’s own defaults and a seed where the member gave nothing', () => {
    expect(made(everything)).toEqual({
      model: 'stablecog/flux.1',
      prompt,
      images: 4,
      guidance: 7,
      seed: 77,
      given: ['prompt'],
    });
  });

  it('has nothing in it that the model does not take', () => {
    const guilds = style('Ink', {
      options: { aspect: '1:1', guidance: 5, steps: 20, scheduler: 'DDIM' },
    });
    expect(made(little, { style: 'ink' }, { guilds })).toEqual({
      model: 'stablecog/flux.1',
      prompt,
      images: 1,
      style: { kind: 'guild', name: 'Ink', text: guilds.text, negative: guilds.negative },
      given: ['prompt', 'style'],
    });
  });

  it.each([
    [{}, 4],
    [{ defaultImages: 2 }, 2],
    [{ mostPictures: 3 }, 3],
    [{ mostPictures: 4, defaultImages: 1 }, 1],
  ])('is as many pictures as the operator and the guild allow (%o)', (rest, images) => {
    expect(made(everything, {}, rest).images).toBe(images);
    expect(made({ ...everything, mostImages: 2 }, {}, rest).images).toBe(Math.min(2, images));
  });

  it('takes from a style what the member left open and the model takes', () => {
    const guilds = style('Ink', {
      options: { aspect: '16:9', guidance: 40, steps: 30, scheduler: 'k_euler' },
    });
    expect(made(everything, { steps: 20 }, { guilds })).toMatchObject({
      aspect: '16:9',
      // Outside the model's bounds, so the model's own stands.
      guidance: 7,
      steps: 20,
      scheduler: 'K_EULER',
      given: ['prompt', 'steps'],
    });
    expect(made(everything, { aspect: '1:1' }, { guilds })).toMatchObject({
      aspect: '1:1',
      steps: 30,
    });
    const other = style('Ink', { options: { aspect: '3:1', steps: 51, scheduler: 'PLMS' } });
    const request = made(everything, {}, { guilds: other });
    expect(['aspect', 'steps', 'scheduler'].filter((option) => option in request)).toEqual([]);
  });

  it.each([
    [1000, 1000],
    [1001, 0],
    [4_294_967_295, 4_294_967_295 % 1001],
  ])('brings the seed %i into the model’s range', (seed, sent) => {
    expect(made(everything, {}, { seed }).seed).toBe(sent);
  });

  it('brings a seed that is below the range into it as well', () => {
    const takes = { ...everything, seed: { min: 100, max: 149 } };
    expect(made(takes, {}, { seed: 0 }).seed).toBe(100);
    expect(made(takes, {}, { seed: 99 }).seed).toBe(149);
  });

  it('has a strength only with a picture, the model’s default where none is given', () => {
    expect(made(everything, { strength: 0.3 })).not.toHaveProperty('strength');
    expect(made(everything, { strength: 0.3 }).given).toEqual(['prompt']);
    expect(made(everything, { image: png })).toMatchObject({ strength: 0.5 });
    expect(made(everything, { image: png }).given).toEqual(['prompt', 'image']);
  });
});
