import { darker, lighter } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import { ridgePath } from './ridge.ts';
import type { Scene } from './scene.ts';

/** Water up to the horizon; the waves of `before` lap at what swims among them. */
export function seaOf(
  scene: Scene,
  palette: Palette,
  random: Random,
): { readonly behind: string; readonly before: string } {
  const rough = scene.weather.has('storm');
  const island = random.chance(0.5) && !rough ? ridgePath(random, 640, 46, 1.2) : undefined;
  const horizon = 620;
  const far = palette.far(palette.water, 0.5);
  let behind =
    (island === undefined
      ? ''
      : `<path d="${island.path}" fill="${palette.far(palette.ground, 0.7)}"/>`) +
    `<linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${far}"/><stop offset="0.5" stop-color="${palette.water}"/><stop offset="1" stop-color="${darker(palette.water, 0.4)}"/></linearGradient><rect y="${horizon}" width="1024" height="410" fill="url(#sea)"/>`;
  let glints = '';
  for (let i = 0; i < 46; i += 1) {
    const y = horizon + 8 + random.next() ** 1.4 * 150;
    const length = random.between(16, 60);
    glints += `M${random.between(0, 1000).toFixed(0)} ${y.toFixed(0)}h${length.toFixed(0)}`;
  }
  behind += `<path d="${glints}" stroke="${lighter(palette.sky[2], 0.3)}" stroke-width="3" stroke-linecap="round" stroke-opacity="0.32"/>`;
  const waves = Array.from({ length: 5 }, (_, i) =>
    wave(palette, random, 700 + i * 62, rough ? 34 : 13, i / 5),
  );
  return { behind: behind + waves.slice(0, 2).join(''), before: waves.slice(2).join('') };
}

function wave(palette: Palette, random: Random, y: number, swing: number, near: number): string {
  const colour = darker(lighter(palette.water, 0.16 * (1 - near)), 0.42 * near);
  const length = random.between(150, 210);
  let x = -random.between(20, length);
  let path = `M${x.toFixed(0)} ${y}`;
  while (x < 1040) {
    // A long back and a short front make a crest; two equal halves would make a sine.
    path += `c${(length * 0.42).toFixed(0)} 0 ${(length * 0.55).toFixed(0)} ${-swing} ${(length * 0.72).toFixed(0)} ${-swing}c${(length * 0.06).toFixed(0)} ${(swing * 0.7).toFixed(0)} ${(length * 0.14).toFixed(0)} ${swing} ${(length * 0.28).toFixed(0)} ${swing}`;
    x += length;
  }
  return `<path d="${path}V1040H-260Z" fill="${colour}"/><path d="${path}" fill="none" stroke="${lighter(colour, 0.5)}" stroke-opacity="0.55" stroke-width="4"/>`;
}
