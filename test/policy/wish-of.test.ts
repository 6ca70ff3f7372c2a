import { describe, expect, it } from 'vitest';
import type { Wish } from '../../src/domain/wish.ts';
import { choose } from '../../src/policy/choose.ts';
import { wishOf } from '../../src/policy/wish-of.ts';
import { circumstances, offer, png, rulesWith, style, wish } from './offers.ts';

const rules = rulesWith({ styles: [style('Ink', { options: { steps: 30, aspect: '16:9' } })] });

function thereAndBack(given: Partial<Wish>): Wish {
  const chosen = choose([offer('claid')], rules, wish(given), circumstances);
  if ('refused' in chosen) throw new Error(chosen.refused.reason);
  return wishOf(chosen.request);
}

describe('the wish that a request was made of', () => {
  it.each<[Partial<Wish>]>([
    [{}],
    [{ style: 'Ink' }],
    [{ style: 'Photo', spoiler: true, seed: 7 }],
    [
      {
        images: 2,
        guidance: 3.5,
        steps: 20,
        aspect: '16:9',
        negative: 'rain',
        seed: 5,
        scheduler: 'DDIM',
        style: 'Ink',
        image: png,
        strength: 0.25,
        spoiler: false,
      },
    ],
  ])('has what the member gave and no defaults: %o', (given) => {
    expect(thereAndBack(given)).toEqual(wish(given));
  });

  it('has no model, so that another can be chosen', () => {
    expect(thereAndBack({ model: 'claid', images: 1 })).toEqual(wish({ images: 1 }));
  });
});
