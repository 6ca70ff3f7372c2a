import { darker, lighter } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** One tree of the landscape, its foot at (x, y): a conifer, or a round one in the season's colour. */
export function treeSvg(
  scene: Scene,
  palette: Palette,
  random: Random,
  x: number,
  y: number,
  height: number,
  distance: number,
): string {
  const conifer = scene.season === 'winter' ? random.chance(0.85) : random.chance(0.38);
  const place = `transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) scale(${(height / 100).toFixed(2)})"`;
  const trunk = palette.far(palette.tint('#6b4a3a'), distance);
  if (conifer) {
    const needles = palette.far(
      palette.tint(random.pick(['#2f6b55', '#37775a', '#2a5f5c'])),
      distance,
    );
    const shade = darker(needles, 0.2);
    const snow =
      scene.season === 'winter'
        ? `<path d="M0-104L-12-78Q-5-84 0-77Q6-84 12-78Z M-19-55Q-12-62-6-54Q1-61 7-54Q14-61 19-55L12-66H-12Z" fill="${palette.far(palette.tint('#f7fbff'), distance * 0.5)}"/>`
        : '';
    return `<g ${place}><path d="M-4 0V-14H4V0Z" fill="${trunk}"/><path d="M0-104L20-64H12L27-36H16L32-8H-32L-16-36H-27L-12-64H-20Z" fill="${needles}"/><path d="M0-104L20-64H12L27-36H16L32-8H4Z" fill="${shade}"/>${snow}</g>`;
  }
  const leaves = palette.far(
    random.chance(0.7) ? palette.foliage : lighter(palette.foliage, 0.12),
    distance,
  );
  return `<g ${place}><path d="M-5 0L-3-48H3L5 0Z" fill="${trunk}"/><circle cx="0" cy="-66" r="30" fill="${leaves}"/><circle cx="-20" cy="-52" r="20" fill="${leaves}"/><circle cx="20" cy="-52" r="21" fill="${darker(leaves, 0.12)}"/><circle cx="-9" cy="-74" r="15" fill="${lighter(leaves, 0.14)}"/></g>`;
}
