import { mostRules } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import type { Style } from '../../domain/style.ts';
import { sameName } from '../same-name.ts';
import type { Words } from '../words.ts';
import { styleWords } from './style-words.ts';

/**
 * Adds a style. Refused: a name that is there already, whatever its case; a style whose own words break
 * a rule on words; and too many.
 */
export function addStyle(
  { rules }: GuildSettings,
  style: Style,
  words: Pick<Words, 'hits'>,
): RuleEdit {
  const there = rules.styles.find(({ name }) => sameName(name, style.name));
  if (there) return { refused: { reason: 'style-exists', style: there.name } };
  if (rules.styles.length >= mostRules.styles)
    return { refused: { reason: 'too-many-rules', most: mostRules.styles, what: 'styles' } };
  const refused = styleWords(style, rules, words);
  if (refused) return { refused };
  return {
    rules: { ...rules, styles: [...rules.styles, style] },
    change: { what: 'style', before: null, after: style },
  };
}
