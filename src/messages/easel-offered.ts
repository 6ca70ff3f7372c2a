import type { Texts } from './texts.ts';

/** What the operator offers, by what rules call it. */
export interface Offered {
  /** Titles of models, by key. */
  readonly models: ReadonlyMap<string, string>;
  /** Titles of providers, by name. */
  readonly providers: ReadonlyMap<string, string>;
}

/** What people call a model, or all of a provider; as plain text. A key that stands for nothing any more is shown as it is. */
export function offeredName({ easel }: Texts, offered: Offered, key: string): string {
  const model = offered.models.get(key);
  if (model !== undefined) return model;
  const provider = offered.providers.get(key);
  return provider === undefined ? easel.models.gone(key) : easel.models.allOf(provider);
}
