import { describe, expect, it } from 'vitest';
import type { Refusal, Unhonoured } from '../../src/domain/refusal.ts';
import { alternative } from '../../src/policy/alternative.ts';
import { png, wish } from './offers.ts';

const over = { spent: 38, needed: 4, price: 1, freesAt: null, backAt: null };
const notHonoured = (...options: readonly Unhonoured[]): Refusal => ({
  reason: 'not-honoured',
  model: 'Claid',
  closest: null,
  options,
  can: [],
});
const cannot = (option: Unhonoured['option']): Unhonoured => ({ option, given: '', allowed: null });

describe('what is offered in place of a wish', () => {
  it.each<[Refusal, number]>([
    [{ reason: 'cap', whose: 'member', cap: 40, ...over, fits: 2 }, 2],
    [
      {
        reason: 'limit',
        subject: { kind: 'guild' },
        period: 'day',
        limit: 40,
        granted: 0,
        ...over,
        fits: 1,
      },
      1,
    ],
    [{ reason: 'too-many-pictures', most: 3, asked: 4 }, 3],
  ])('is as many pictures as are allowed: %o', (refusal, images) => {
    expect(alternative(refusal, wish({ model: 'claid', images: 4, seed: 1 }))).toEqual(
      wish({ model: 'claid', images, seed: 1 }),
    );
  });

  it.each<[Refusal]>([
    [{ reason: 'cap', whose: 'member', cap: 40, ...over, fits: 0 }],
    [{ reason: 'no-model' }],
    [{ reason: 'unknown-style', style: 'x', known: [] }],
    [notHonoured()],
    [notHonoured(cannot('prompt'), cannot('seed'))],
  ])('is nothing where nothing would help: %o', (refusal) => {
    expect(alternative(refusal, wish({ images: 4, seed: 1 }))).toBeUndefined();
  });

  it('is the same without the options that the model cannot honour', () => {
    const given = wish({ model: 'claid', seed: 1, steps: 20, image: png, strength: 0.5 });
    expect(alternative(notHonoured(cannot('seed')), given)).toEqual(
      wish({ model: 'claid', steps: 20, image: png, strength: 0.5 }),
    );
    expect(alternative(notHonoured(cannot('steps'), cannot('image')), given)).toEqual(
      wish({ model: 'claid', seed: 1 }),
    );
  });

  it('is as many pictures as the model makes at once', () => {
    const images: Unhonoured = {
      option: 'images',
      given: '4',
      allowed: { kind: 'integer', min: 1, max: 2 },
    };
    expect(alternative(notHonoured(images), wish({ images: 4 }))).toEqual(wish({ images: 2 }));
  });
});
