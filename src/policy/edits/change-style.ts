import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import type { Style } from '../../domain/style.ts';
import { sameName } from '../same-name.ts';
import type { Words } from '../words.ts';
import { styleWords } from './style-words.ts';

/**
 * Puts a style in the place of another, which may give it another name. Refused: nothing of that name,
 * a new name that another style has, a style whose own words break a rule on words, and what is so
 * already.
 *
 * @param name the style's name up to now, whatever its case
 */
export function changeStyle(
  { rules }: GuildSettings,
  name: string,
  style: Style,
  words: Pick<Words, 'hits'>,
): RuleEdit {
  const before = rules.styles.find((each) => sameName(each.name, name));
  if (!before) return { refused: { reason: 'not-set', what: 'style' } };
  const other = rules.styles.find((each) => each !== before && sameName(each.name, style.name));
  if (other) return { refused: { reason: 'style-exists', style: other.name } };
  if (isSame(before, style)) return { refused: { reason: 'no-change', what: 'style' } };
  const refused = styleWords(style, rules, words);
  if (refused) return { refused };
  return {
    rules: { ...rules, styles: rules.styles.map((each) => (each === before ? style : each)) },
    change: { what: 'style', before, after: style },
  };
}

function isSame(one: Style, other: Style): boolean {
  return (
    one.name === other.name &&
    one.text === other.text &&
    one.negative === other.negative &&
    (['aspect', 'guidance', 'steps', 'scheduler'] as const).every(
      (option) => one.options[option] === other.options[option],
    )
  );
}
