import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Chart } from '../domain/chart.ts';
import type { DaySpend } from '../domain/member-store.ts';
import { readTypeface } from '../typeface.ts';
import type { Typeface } from '../typeface.ts';

const width = 900;
const height = 360;
const plot = { left: 64, right: 868, top: 28, bottom: 308 } as const;
const textPx = 18;

// Readable on Discord's dark and on its light background: the picture brings its own.
const colours = { ground: '#1e1f22', line: '#3f4147', text: '#c9ccd1', bar: '#5b8def' } as const;

/** Draws with the font that comes with the program, whatever the machine has. */
export function createChart(): Chart {
  let typeface: Promise<Typeface> | undefined;
  return {
    async draw(days) {
      typeface ??= readFile(new URL('../fonts/DejaVuSansCondensed.ttf', import.meta.url)).then(
        readTypeface,
      );
      const svg = draw(await typeface, days);
      // Of few colours, so that it stays small.
      const png = await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
      return new Uint8Array(png);
    },
  };
}

function draw(typeface: Typeface, days: readonly DaySpend[]): string {
  const step = stepFor(Math.max(1, ...days.map(({ credits }) => credits)));
  const most = step * Math.max(1, Math.ceil(Math.max(1, ...days.map((day) => day.credits)) / step));
  const y = (credits: number): number => plot.bottom - (credits / most) * (plot.bottom - plot.top);
  const slot = (plot.right - plot.left) / Math.max(1, days.length);
  const lines: string[] = [];
  for (let credits = 0; credits <= most; credits += step) {
    lines.push(
      `<path d="M${plot.left} ${y(credits)}H${plot.right}" stroke="${colours.line}"/>`,
      lettering(typeface, credits.toLocaleString('en'), plot.left - 8, y(credits) + 6, 'end'),
    );
  }
  const bars = days.map(({ credits }, index) => {
    // A day with anything at all is to be seen.
    const top = credits > 0 ? Math.min(y(credits), plot.bottom - 2) : plot.bottom;
    const x = plot.left + index * slot + slot * 0.15;
    return `<path d="M${x} ${plot.bottom}V${top}h${slot * 0.7}V${plot.bottom}z" fill="${colours.bar}"/>`;
  });
  const labels = days.flatMap(({ day }, index) => {
    // Every seventh day counted from the last one, which is today.
    if ((days.length - 1 - index) % 7 !== 0) return [];
    const x = plot.left + (index + 0.5) * slot;
    return lettering(typeface, dateOf(day), x, plot.bottom + 28, 'middle');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" rx="12" fill="${colours.ground}"/>
    ${[...lines, ...bars, ...labels].join('\n')}
  </svg>`;
}

/** The distance of the lines: 1, 2 or 5 with zeros behind, so that there are three to six of them. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1].map((part) => part * power).find((one) => most / one <= 6) ?? power;
  return Math.max(1, step);
}

const dateOf = (at: number): string =>
  new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function lettering(
  typeface: Typeface,
  text: string,
  x: number,
  y: number,
  anchor: 'middle' | 'end',
): string {
  const points = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const scale = textPx / typeface.unitsPerEm;
  const wide = points.reduce((sum, point) => sum + typeface.advance(point) * scale, 0);
  let at = x - (anchor === 'end' ? wide : wide / 2);
  const paths = points.map((point) => {
    const path = typeface.path(point, at, y, textPx);
    at += typeface.advance(point) * scale;
    return path;
  });
  return `<path d="${paths.join('')}" fill="${colours.text}"/>`;
}
