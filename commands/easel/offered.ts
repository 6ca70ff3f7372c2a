import type { Offered } from '../../src/messages/easel-offered.ts';
import { offeredName } from '../../src/messages/easel-offered.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { sameName } from '../../src/policy/same-name.ts';
import type { CommandParts } from '../parts.ts';

/** What the operator offers at the moment. */
export function offeredBy({ parts }: CommandParts): Offered {
  return {
    models: new Map(parts.catalogue.offers().map(({ model }) => [model.key, model.title])),
    providers: new Map([...parts.providers.values()].map(({ name, title }) => [name, title])),
  };
}

/** Lists offer keys, but whoever types may write a key or a title in any case. */
export function modelNamed({ models }: Offered, name: string): string | undefined {
  if (models.has(name)) return name;
  return [...models].find(([key, title]) => sameName(key, name) || sameName(title, name))?.[0];
}

/** The same for a model, or all of a provider. */
export function ruleKeyNamed(texts: Texts, offered: Offered, name: string): string | undefined {
  const model = modelNamed(offered, name);
  if (model !== undefined) return model;
  return [...offered.providers.entries()].find(([key, title]) =>
    [key, title, offeredName(texts, offered, key)].some((each) => sameName(each, name)),
  )?.[0];
}
