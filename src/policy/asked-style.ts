import type { Model } from '../domain/model.ts';
import type { GuildRules } from '../domain/rule.ts';
import type { Style } from '../domain/style.ts';
import { sameName } from './same-name.ts';

/** A style as it was asked for by name: the guild's, or a name that some models have as their own. */
export type AskedStyle =
  | { readonly kind: 'guild'; readonly style: Style }
  | { readonly kind: 'model'; readonly name: string };

/**
 * Which style is meant, whatever the case: one of the guild's, else one that at least one of the models
 * has. `undefined` where there is none of that name.
 */
export function askedStyle(
  name: string,
  { styles }: Pick<GuildRules, 'styles'>,
  models: readonly Pick<Model, 'takes'>[],
): AskedStyle | undefined {
  const style = styles.find((each) => sameName(each.name, name));
  if (style) return { kind: 'guild', style };
  const own = models.flatMap(({ takes }) => takes.styles ?? []);
  return own.some((each) => sameName(each, name)) ? { kind: 'model', name } : undefined;
}
