import type { Model } from '../domain/model.ts';
import type { GuildRules, ProviderRule } from '../domain/rule.ts';

/**
 * The rule that decides whether members may use a model: its own, else its provider's. `undefined`
 * where neither is set, which is allowed.
 */
export function decidingProviderRule(
  { providers }: Pick<GuildRules, 'providers'>,
  { key, provider }: Pick<Model, 'key' | 'provider'>,
): ProviderRule | undefined {
  return (
    providers.find((rule) => rule.key === key) ?? providers.find((rule) => rule.key === provider)
  );
}

/** Whether members may use a model, as far as the guild's rules go. */
export function allows(
  rules: Pick<GuildRules, 'providers'>,
  model: Pick<Model, 'key' | 'provider'>,
): boolean {
  return decidingProviderRule(rules, model)?.allowed ?? true;
}
