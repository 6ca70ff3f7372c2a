import type { Style } from '../domain/style.ts';
import { textBody } from './body.ts';
import type { Body, Button } from './body.ts';
import { cut } from './cut.ts';
import { easelIds } from './easel-ids.ts';
import { styleOptionsText } from './en-style.ts';
import { escape } from './escape.ts';
import type { Texts } from './texts.ts';

/** Every page but the last has so many, so that a page back is known without looking. */
const perPage = 5;
/** Of a style's words so much is shown in the list; escaped it may be twice as long. */
const listedUnits = { text: 150, negative: 80 } as const;
const fullUnits = { text: 900, negative: 900 } as const;

/** The styles of a guild, a page of them from the n-th (from 0) on, for a moderator alone. */
export function stylesBody(texts: Texts, styles: readonly Style[], from: number): Body {
  const { back, further, styles: words } = texts.easel;
  if (styles.length === 0) return textBody(words.none);
  // Styles may have gone since the page before was shown.
  const start = Math.min(from, Math.floor((styles.length - 1) / perPage) * perPage);
  const shown = styles.slice(start, start + perPage);
  const end = start + shown.length;
  const lines = [
    words.title(styles.length),
    ...shown.flatMap((style) => styleText(texts, style, listedUnits)),
    ...(styles.length > perPage ? [`-# ${words.shown(start + 1, end, styles.length)}`] : []),
  ];
  const buttons: Button[] = [
    ...(start > 0 ? [{ label: back, customId: easelIds.styles(start - perPage) }] : []),
    ...(end < styles.length ? [{ label: further, customId: easelIds.styles(end) }] : []),
  ];
  return textBody(lines.join('\n'), buttons);
}

/**
 * One style, with a button that opens the form to change it.
 *
 * @param ref what custom ids call it by
 */
export function styleBody(texts: Texts, style: Style, ref: string): Body {
  return textBody(styleText(texts, style, fullUnits).join('\n'), [
    { label: texts.easel.styles.edit, customId: easelIds.editStyle(ref) },
  ]);
}

function styleText(
  { easel }: Texts,
  { name, text, negative, options }: Style,
  units: { readonly text: number; readonly negative: number },
): string[] {
  const { styles: words } = easel;
  return [
    words.style(name, styleOptionsText(options).map(escape).join(' · ')),
    ...(text === '' ? [] : [words.text(cut(text, units.text))]),
    ...(negative === '' ? [] : [words.negative(cut(negative, units.negative))]),
  ];
}
