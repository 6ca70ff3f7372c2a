import type { Offer } from '../../src/domain/catalogue.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import { allows } from '../../src/policy/provider-rule.ts';

/**
 * The model that is tried first where a member names none: the guild's default where it is offered and
 * allowed, else the first of the operator's that is. `undefined` where none is allowed.
 */
export function firstModel(
  offers: readonly Offer[],
  rules: Pick<GuildRules, 'providers' | 'defaultModel'>,
): Offer | undefined {
  const allowed = offers.filter(({ model }) => allows(rules, model));
  return allowed.find(({ model }) => model.key === rules.defaultModel) ?? allowed[0];
}
