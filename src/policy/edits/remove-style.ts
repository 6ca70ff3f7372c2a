import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import { sameName } from '../same-name.ts';

/** Removes a style by its name, whatever its case; refused where there is none. */
export function removeStyle({ rules }: GuildSettings, name: string): RuleEdit {
  const before = rules.styles.find((style) => sameName(style.name, name));
  if (!before) return { refused: { reason: 'not-set', what: 'style' } };
  return {
    rules: { ...rules, styles: rules.styles.filter((style) => style !== before) },
    change: { what: 'style', before, after: null },
  };
}
