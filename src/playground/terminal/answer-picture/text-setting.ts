import { readFileSync } from 'node:fs';
import { readsRightToLeft, visualLine } from '../../image-api/painting/lettering.ts';
import { readTypeface } from '../../../typeface.ts';
import type { Typeface } from '../../../typeface.ts';

/** A stretch of text with its looks. */
export interface Stretch {
  readonly text: string;
  readonly colour: string;
  readonly bold?: boolean;
  /** Colour of a rounded plate behind it. */
  readonly back?: string;
}

export interface Setting {
  readonly widthPx: number;
  readonly sizePx: number;
  readonly lineHeightPx: number;
}

/** Text turned into shapes, so that it looks the same on every machine. */
export interface TextSetter {
  /** One line with its left end at (x, baseline). */
  line(
    stretches: readonly Stretch[],
    x: number,
    baseline: number,
    sizePx: number,
  ): { readonly svg: string; readonly widthPx: number };
  /** As many lines as it takes, the first of them with its top at y. */
  block(
    stretches: readonly Stretch[],
    x: number,
    y: number,
    setting: Setting,
  ): { readonly svg: string; readonly heightPx: number };
}

/** Outlines are rounded to a tenth of a unit, so they are made larger than they are shown. */
const fine = 16;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export function createTextSetter(): TextSetter {
  const file = new URL('../../../fonts/DejaVuSansCondensed.ttf', import.meta.url);
  const face = readTypeface(readFileSync(file));

  const widthOf = (text: string, sizePx: number, bold: boolean): number =>
    codePoints(text).reduce((sum, point) => sum + advance(face, point, sizePx, bold), 0);

  function drawn(stretch: Stretch, x: number, baseline: number, sizePx: number): string {
    const { text, colour, bold = false, back } = stretch;
    const line = visualLine(text, readsRightToLeft(text));
    let at = x;
    let path = '';
    for (const point of line.codePoints) {
      path += face.path(point, at * fine, baseline * fine, sizePx * fine);
      at += advance(face, point, sizePx, bold);
    }
    // The font has one weight; an outline of the same colour makes it a bold one.
    const weight = bold ? ` stroke="${colour}" stroke-width="${sizePx * fine * 0.055}"` : '';
    const plate =
      back === undefined
        ? ''
        : `<rect x="${x - 3}" y="${baseline - sizePx * 0.98}" width="${at - x + 6}" height="${sizePx * 1.3}" rx="4" fill="${back}"/>`;
    return `${plate}<path transform="scale(${1 / fine})" d="${path}" fill="${colour}"${weight}/>`;
  }

  const setter: TextSetter = {
    line(stretches, x, baseline, sizePx) {
      let at = x;
      let svg = '';
      for (const stretch of stretches) {
        const clean = { ...stretch, text: readable(face, stretch.text) };
        svg += drawn(clean, at, baseline, sizePx);
        at += widthOf(clean.text, sizePx, stretch.bold ?? false);
      }
      return { svg, widthPx: at - x };
    },
    block(stretches, x, y, { widthPx, sizePx, lineHeightPx }) {
      const lines = wrap(stretches, widthPx, (stretch) =>
        widthOf(readable(face, stretch.text), sizePx, stretch.bold ?? false),
      );
      const svg = lines.map((line, index) => {
        const baseline = y + index * lineHeightPx + lineHeightPx / 2 + sizePx * 0.36;
        return setter.line(wholeIfTurned(line), x, baseline, sizePx).svg;
      });
      return { svg: svg.join(''), heightPx: lines.length * lineHeightPx };
    },
  };
  return setter;
}

function advance(face: Typeface, point: number, sizePx: number, bold: boolean): number {
  return (face.advance(point) * sizePx) / face.unitsPerEm + (bold ? sizePx * 0.03 : 0);
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0x20);
}

/** Without what draws nothing; a box for what the font does not have. */
function readable(face: Typeface, text: string): string {
  return Array.from(text.normalize('NFC'))
    .filter((character) => !/[\p{C}\p{M}\p{Emoji_Modifier}]/u.test(character))
    .map((character) => (face.has(character.codePointAt(0) ?? 0) ? character : '□'))
    .join('');
}

/** Stretches broken into lines at spaces; a word that is longer than a line is broken anywhere. */
function wrap(
  stretches: readonly Stretch[],
  widthPx: number,
  widthOf: (stretch: Stretch) => number,
): Stretch[][] {
  const lines: Stretch[][] = [[]];
  let used = 0;
  const put = (piece: Stretch): void => {
    const width = widthOf(piece);
    const isSpace = piece.text.trim() === '';
    if (used > 0 && used + width > widthPx) {
      lines.push([]);
      used = 0;
      if (isSpace) return;
    }
    lines.at(-1)?.push(piece);
    used += width;
  };
  for (const stretch of stretches)
    for (const text of stretch.back === undefined ? stretch.text.split(/(\s+)/u) : [stretch.text]) {
      const whole = { ...stretch, text };
      const pieces = widthOf(whole) > widthPx ? Array.from(text) : [text];
      for (const piece of pieces) if (piece !== '') put({ ...whole, text: piece });
    }
  return lines.map(joined);
}

/** Neighbours of one look as one stretch, so that right-to-left words keep their order. */
function joined(line: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of line) {
    const last = result.at(-1);
    const same =
      last !== undefined &&
      last.colour === stretch.colour &&
      last.bold === stretch.bold &&
      last.back === undefined &&
      stretch.back === undefined;
    if (same) result[result.length - 1] = { ...last, text: last.text + stretch.text };
    else result.push(stretch);
  }
  return result;
}

/** A line with right-to-left writing is turned as a whole, in the look of its first stretch. */
function wholeIfTurned(line: readonly Stretch[]): readonly Stretch[] {
  const [first] = line;
  if (first === undefined || !line.some(({ text }) => rightToLeft.test(text))) return line;
  return [{ ...first, text: line.map(({ text }) => text).join('') }];
}
