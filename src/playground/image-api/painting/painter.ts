import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { captionSvg } from './caption.ts';
import { fallingOf } from './falling.ts';
import { landOf } from './land.ts';
import { choosePalette } from './palette.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';
import { readScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { skySvg } from './sky.ts';
import { subjectSvg } from './subject.ts';
import { readTypeface } from '../../../typeface.ts';
import type { Typeface } from '../../../typeface.ts';

const sidePx = 1024;

export interface Painter {
  /**
   * A PNG of the recipe's size that shows, in a simple way, what the prompt says. Equal recipes give
   * equal bytes.
   */
  paint(recipe: Recipe): Promise<Buffer>;
}

/** Reads its font when the first picture is painted. */
export function createPainter(): Painter {
  let face: Promise<Typeface> | undefined;
  return {
    async paint(recipe) {
      face ??= readFile(new URL('../../../fonts/DejaVuSansCondensed.ttf', import.meta.url)).then(
        readTypeface,
      );
      const svg = pictureSvg(recipe, await face);
      return sharp(Buffer.from(svg))
        .removeAlpha()
        .recomb(saturation(recipe.guidance))
        .png({ compressionLevel: 4 })
        .toBuffer();
    },
  };
}

function pictureSvg(recipe: Recipe, face: Typeface): string {
  const random = createRandom(
    JSON.stringify([recipe.prompt, recipe.index, recipe.guidance, recipe.seed]),
  );
  const scene = readScene(recipe.prompt, random);
  const palette = choosePalette(scene, random);
  const land = landOf(scene, palette, random);
  const falling = fallingOf(scene, palette, random);
  const subject = falling.behind + subjectSvg(scene, palette, random);
  const { width, height } = recipe;
  const frame = frameOf(width ?? sidePx, height ?? sidePx);
  const drawing = [
    skySvg(scene, palette, random),
    land.behind,
    ...(behindForeground(scene) ? [subject, land.before] : [land.before, subject]),
    falling.before,
    vignette,
  ].join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width ?? sidePx}" height="${height ?? sidePx}" viewBox="0 0 ${frame.width} ${frame.height}">`,
    frame.filled(drawing),
    captionSvg(face, recipe.prompt, recipe.index, recipe.images, frame.width, frame.height),
    '</svg>',
  ].join('');
}

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Makes a drawing of 1024x1024 cover the frame. */
  filled(svg: string): string;
}

/** The picture in the drawing's own measure, in which the shorter side is 1024. */
function frameOf(widthPx: number, heightPx: number): Frame {
  const scale = sidePx / Math.min(widthPx, heightPx);
  const [width, height] = [widthPx * scale, heightPx * scale];
  const cover = Math.max(width, height) / sidePx;
  // The subject stands on the ground, so more of the sky is cut off than of what is below.
  const top = (height - cover * sidePx) * 0.65;
  const left = (width - cover * sidePx) / 2;
  return {
    width,
    height,
    filled: (svg) =>
      cover === 1
        ? svg
        : `<g transform="translate(${left.toFixed(2)} ${top.toFixed(2)}) scale(${cover.toFixed(4)})">${svg}</g>`,
  };
}

/** The sea laps at what swims in it, and grass grows at the foot of a mountain. */
function behindForeground(scene: Scene): boolean {
  return scene.place === 'sea' || scene.subject === 'mountain';
}

const vignette =
  '<radialGradient id="vignette" cx="0.5" cy="0.46" r="0.75"><stop offset="0.62" stop-color="#0a0c1c" stop-opacity="0"/><stop offset="1" stop-color="#0a0c1c" stop-opacity="0.34"/></radialGradient><rect width="1024" height="1024" fill="url(#vignette)"/>';

type Matrix = [[number, number, number], [number, number, number], [number, number, number]];

/** The closer the guidance, the stronger the colours, as with real models: 1 is pale, 5 is as drawn. */
function saturation(guidance: number): Matrix {
  const s = Math.min(1.45, 0.72 + 0.156 * Math.log(1 + guidance));
  const [r, g, b] = [0.2126 * (1 - s), 0.7152 * (1 - s), 0.0722 * (1 - s)];
  return [
    [r + s, g, b],
    [r, g + s, b],
    [r, g, b + s],
  ];
}
