import { mostRules } from '../../domain/rule.ts';
import type { ProviderRule } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/**
 * Allows or denies a model or all of a provider's; with `allowed` as `null` what stands above it decides
 * again. Refused: nothing to clear, what is so already, and too many.
 *
 * @param key see {@link ProviderRule.key}; that there is such a one is not looked at, so that a rule for
 *   what is gone can be cleared
 */
export function setProvider(
  { rules }: GuildSettings,
  key: string,
  allowed: boolean | null,
): RuleEdit {
  const earlier = rules.providers.find((rule) => rule.key === key);
  const before = earlier?.allowed ?? null;
  if (before === allowed)
    return {
      refused:
        allowed === null
          ? { reason: 'not-set', what: 'provider-rule' }
          : { reason: 'no-change', what: 'rule' },
    };
  if (!earlier && rules.providers.length >= mostRules.providers)
    return {
      refused: { reason: 'too-many-rules', most: mostRules.providers, what: 'providers' },
    };
  const others = rules.providers.filter((rule) => rule !== earlier);
  const own: ProviderRule[] = allowed === null ? [] : [{ key, allowed }];
  return {
    rules: { ...rules, providers: [...others, ...own] },
    change: { what: 'provider', key, before, after: allowed },
  };
}
