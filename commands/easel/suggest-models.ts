import type { Choice } from '../../src/discord/choice.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import { offeredName } from '../../src/messages/easel-offered.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { allows } from '../../src/policy/provider-rule.ts';
import type { CommandParts } from '../parts.ts';
import { offeredBy } from './offered.ts';

/** Models by title and price; those only that members may use where one is to be tried first. */
export function modelChoices(
  { parts }: CommandParts,
  { commands }: Texts,
  rules: GuildRules,
  which: 'all' | 'allowed',
): Choice[] {
  return parts.catalogue
    .offers()
    .filter(({ model }) => which === 'all' || allows(rules, model))
    .map(({ model, price }) => ({
      name: commands.choice.model(model.title, price),
      value: model.key,
    }));
}

/** Each provider with several models as a whole, then the models. */
export function providerChoices(
  commandParts: CommandParts,
  texts: Texts,
  rules: GuildRules,
): Choice[] {
  const offered = offeredBy(commandParts);
  // Of a provider that is a model itself, one entry is enough.
  const whole = [...offered.providers.keys()].filter((name) => !offered.models.has(name));
  return [
    ...whole.map((name) => ({ name: offeredName(texts, offered, name), value: name })),
    ...modelChoices(commandParts, texts, rules, 'all'),
  ];
}

/** The rules on models that are set, those first on what is not offered any more. */
export function providerRuleChoices(
  commandParts: CommandParts,
  texts: Texts,
  { providers }: GuildRules,
): Choice[] {
  const offered = offeredBy(commandParts);
  const known = (key: string): boolean => offered.models.has(key) || offered.providers.has(key);
  return providers
    .toSorted((a, b) => Number(known(a.key)) - Number(known(b.key)))
    .map(({ key, allowed }) => ({
      name: texts.easel.models.suggestedRule(offeredName(texts, offered, key), allowed),
      value: key,
    }));
}
