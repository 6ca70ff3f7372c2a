import { describe, expect, it } from 'vitest';
import type { ProviderRule } from '../../src/domain/rule.ts';
import { allows, decidingProviderRule } from '../../src/policy/provider-rule.ts';

const flux = { key: 'stablecog/flux.1', provider: 'stablecog' };
const claid = { key: 'claid', provider: 'claid' };
const set = (...rules: readonly [string, boolean][]): { providers: readonly ProviderRule[] } => ({
  providers: rules.map(([key, allowed]) => ({ key, allowed })),
});

describe('whether members may use a model', () => {
  it.each([
    ['nothing is set', set(), flux, undefined, true],
    ['only others are', set(['claid', false], ['stablecog/sdxl', false]), flux, undefined, true],
    ['its provider is denied', set(['stablecog', false]), flux, 'stablecog', false],
    [
      'it is allowed though its provider is denied',
      set(['stablecog', false], ['stablecog/flux.1', true]),
      flux,
      'stablecog/flux.1',
      true,
    ],
    [
      'it is denied though its provider is allowed',
      set(['stablecog/flux.1', false], ['stablecog', true]),
      flux,
      'stablecog/flux.1',
      false,
    ],
    ['it is the only one of its provider', set(['claid', false]), claid, 'claid', false],
  ])('is decided by its own rule before its provider’s: %s', (_, rules, model, key, allowed) => {
    expect(decidingProviderRule(rules, model)?.key).toBe(key);
    expect(allows(rules, model)).toBe(allowed);
  });
});
