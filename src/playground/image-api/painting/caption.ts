import { readsRightToLeft, visualLine } from './lettering.ts';
import type { VisualLine } from './lettering.ts';
import type { Typeface } from '../../../typeface.ts';

const sizePx = 31;
const lineHeightPx = 41;
const maxLines = 3;
const marginPx = 36;
const paddingPx = 26;

/** The prompt on a soft band at the bottom, wrapped and cut with an ellipsis, and `1/4` in a corner. */
export function captionSvg(
  face: Typeface,
  prompt: string,
  index: number,
  images: number,
  widthPx: number,
  heightPx = widthPx,
): string {
  return (
    bandSvg(face, prompt, widthPx, heightPx) + badgeSvg(face, `${index + 1}/${images}`, widthPx)
  );
}

function bandSvg(face: Typeface, prompt: string, frameWidth: number, frameHeight: number): string {
  const text = readable(face, prompt);
  if (text === '') return '';
  const widthPx = frameWidth - 2 * (marginPx + paddingPx);
  const rightToLeft = readsRightToLeft(text);
  const lines = wrap(face, text, widthPx).map((line) => visualLine(line, rightToLeft));
  const heightPx = lines.length * lineHeightPx + paddingPx * 1.3;
  const top = frameHeight - marginPx - heightPx;
  const [only, ...more] = lines;
  const bandPx =
    only === undefined || more.length > 0
      ? frameWidth - 2 * marginPx
      : Math.max(220, widthOf(face, only.codePoints) + 2 * paddingPx);
  const paths = lines.map((line, number) => {
    const baseline = top + paddingPx * 0.65 + number * lineHeightPx + sizePx * 0.98;
    const width = widthOf(face, line.codePoints);
    const left = marginPx + paddingPx;
    // One line alone stands in the middle; several begin where reading begins.
    const start =
      lines.length === 1
        ? (frameWidth - width) / 2
        : line.rightToLeft
          ? frameWidth - left - width
          : left;
    return linePath(face, line, start, baseline, sizePx);
  });
  return (
    `<rect x="${(frameWidth - bandPx) / 2}" y="${top}" width="${bandPx}" height="${heightPx}" rx="26" fill="#0d1322" fill-opacity="0.58"/>` +
    `<path d="${paths.join('')}" fill="#fdfaf3"/>`
  );
}

function badgeSvg(face: Typeface, text: string, frameWidth: number): string {
  const line = visualLine(text, false);
  const width = (widthOf(face, line.codePoints) * 26) / sizePx;
  const right = frameWidth - marginPx;
  return (
    `<rect x="${right - width - 36}" y="${marginPx}" width="${width + 36}" height="46" rx="23" fill="#0d1322" fill-opacity="0.42"/>` +
    `<path d="${linePath(face, line, right - width - 18, marginPx + 32, 26)}" fill="#fdfaf3" fill-opacity="0.92"/>`
  );
}

/** One space for any white space; without what draws nothing; a box for what the font does not have. */
function readable(face: Typeface, prompt: string): string {
  return Array.from(prompt.normalize('NFC').replaceAll(/[\s\u2028\u2029]+/gu, ' '))
    .filter((it) => !/[\p{C}\p{M}]/u.test(it))
    .filter((it) => face.has(it.codePointAt(0) ?? 0) || !/[\p{Emoji_Presentation}\p{Sk}]/u.test(it))
    .map((it) => (face.has(it.codePointAt(0) ?? 0) ? it : '□'))
    .join('')
    .replaceAll(/ +/g, ' ')
    .trim();
}

function wrap(face: Typeface, text: string, widthPx: number): string[] {
  const fits = (line: string): boolean =>
    widthOf(
      face,
      Array.from(line).map((it) => it.codePointAt(0) ?? 0x20),
    ) <= widthPx;
  const lines: string[] = [];
  let line = '';
  // A word that is longer than a line is broken anywhere.
  const pieces = text.split(' ').flatMap((word) => (fits(word) ? [word] : breakWord(word, fits)));
  for (const piece of pieces) {
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (fits(longer)) {
      line = longer;
    } else {
      lines.push(line);
      line = piece;
    }
  }
  lines.push(line);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  let last = Array.from(kept.pop() ?? '');
  while (last.length > 0 && !fits(`${last.join('')}…`)) last = last.slice(0, -1);
  return [...kept, `${last.join('').trimEnd()}…`];
}

function breakWord(word: string, fits: (line: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && !fits(piece + character)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

function widthOf(face: Typeface, codePoints: readonly number[]): number {
  const units = codePoints.reduce((sum, codePoint) => sum + face.advance(codePoint), 0);
  return (units * sizePx) / face.unitsPerEm;
}

function linePath(
  face: Typeface,
  line: VisualLine,
  startX: number,
  baseline: number,
  size: number,
): string {
  let x = startX;
  return line.codePoints
    .map((codePoint) => {
      const path = face.path(codePoint, x, baseline, size);
      x += (face.advance(codePoint) * size) / face.unitsPerEm;
      return path;
    })
    .join('');
}
