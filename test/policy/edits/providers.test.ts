import { describe, expect, it } from 'vitest';
import { setDefaultModel } from '../../../src/policy/edits/set-default-model.ts';
import { setFailover } from '../../../src/policy/edits/set-failover.ts';
import { setProvider } from '../../../src/policy/edits/set-provider.ts';
import { done, many, settings } from './settings.ts';

const providers = [
  { key: 'stablecog', allowed: false },
  { key: 'stablecog/flux.1', allowed: true },
];

describe('a rule for a provider or a model', () => {
  it.each([
    ['claid', false, null],
    ['stablecog', true, false],
    ['stablecog/flux.1', false, true],
  ])('for %s is set in place of what was set for it', (key, allowed, before) => {
    const { rules, change } = done(setProvider(settings({ providers }), key, allowed));
    expect(change).toEqual({ what: 'provider', key, before, after: allowed });
    expect(rules.providers.filter((rule) => rule.key === key)).toEqual([{ key, allowed }]);
    expect(rules.providers).toHaveLength(before === null ? 3 : 2);
  });

  it('is cleared, so that its provider’s rule decides again', () => {
    const { rules, change } = done(setProvider(settings({ providers }), 'stablecog/flux.1', null));
    expect(rules.providers).toEqual([providers[0]]);
    expect(change).toEqual({
      what: 'provider',
      key: 'stablecog/flux.1',
      before: true,
      after: null,
    });
  });

  it('is refused where there is nothing to clear, it is so already, or there are too many', () => {
    const full = settings({
      providers: many(200, (index) => ({ key: `kidjig/${index}`, allowed: true })),
    });
    expect(setProvider(full, 'claid', null)).toEqual({
      refused: { reason: 'not-set', what: 'provider-rule' },
    });
    expect(setProvider(full, 'kidjig/7', true)).toEqual({
      refused: { reason: 'no-change', what: 'rule' },
    });
    expect(setProvider(full, 'claid', true)).toEqual({
      refused: { reason: 'too-many-rules', most: 200, what: 'providers' },
    });
    expect(done(setProvider(full, 'kidjig/7', false)).rules.providers).toHaveLength(200);
    expect(done(setProvider(full, 'kidjig/7', null)).rules.providers).toHaveLength(199);
  });
});

describe('the default model', () => {
  it('is set, changed and left to the operator again, with the old and the new value', () => {
    expect(setDefaultModel(settings(), 'claid')).toEqual({
      rules: settings({ defaultModel: 'claid' }).rules,
      change: { what: 'default-model', before: null, after: 'claid' },
    });
    const set = settings({ defaultModel: 'claid' });
    expect(done(setDefaultModel(set, 'openai/x')).rules.defaultModel).toBe('openai/x');
    expect(done(setDefaultModel(set, null))).toEqual({
      rules: settings().rules,
      change: { what: 'default-model', before: 'claid', after: null },
    });
  });

  it('is refused where it is so already', () => {
    expect(setDefaultModel(settings({ defaultModel: 'claid' }), 'claid')).toEqual({
      refused: { reason: 'no-change', what: 'rule' },
    });
    expect(setDefaultModel(settings(), null)).toEqual({
      refused: { reason: 'not-set', what: 'default-model' },
    });
  });
});

describe('failover', () => {
  it.each([true, false])('becomes %s, and is refused where it is so already', (failover) => {
    expect(setFailover(settings({ failover: !failover }), failover)).toEqual({
      rules: settings({ failover }).rules,
      change: { what: 'failover', before: !failover, after: failover },
    });
    expect(setFailover(settings({ failover }), failover)).toEqual({
      refused: { reason: 'no-change', what: 'rule' },
    });
  });
});
