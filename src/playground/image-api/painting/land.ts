import { darker, lighter, mix } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import { ridgePath } from './ridge.ts';
import type { Scene } from './scene.ts';
import { seaOf } from './sea.ts';
import { treeSvg } from './trees.ts';

/** A landscape in two parts: the subject stands between them. */
export interface Land {
  readonly behind: string;
  readonly before: string;
}

export function landOf(scene: Scene, palette: Palette, random: Random): Land {
  switch (scene.place) {
    case 'sea':
      return seaOf(scene, palette, random);
    case 'city':
      return {
        behind: skyline(scene, palette, random),
        before: foreground(scene, palette, random),
      };
    case 'desert':
      return { behind: dunes(palette, random), before: foreground(scene, palette, random) };
    case 'space':
      return { behind: moonscape(scene, palette, random), before: '' };
    case 'mountains':
      return {
        behind: range(scene, palette, random) + ridges(scene, palette, random, 2, 0.45),
        before: foreground(scene, palette, random),
      };
    case 'forest':
    case 'hills':
      break;
  }
  const far = random.chance(0.6) ? range(scene, palette, random) : '';
  return {
    behind: far + ridges(scene, palette, random, 4, 0.8),
    before: foreground(scene, palette, random),
  };
}

function ridges(
  scene: Scene,
  palette: Palette,
  random: Random,
  count: number,
  farthest: number,
): string {
  let result = '';
  for (let i = 0; i < count; i += 1) {
    const distance = farthest * (1 - i / count);
    const y = 560 + (i / count) * 230;
    const ridge = ridgePath(random, y, 38 - i * 4, random.between(1.4, 2.8));
    const colour = palette.far(darker(palette.ground, 0.05 + 0.1 * (i % 2)), distance);
    const planted = scene.place === 'forest' ? 17 - i * 2 : random.integer(2, 5);
    let trees = '';
    for (let tree = 0; tree < planted; tree += 1) {
      const x = ((tree + random.between(0.1, 0.9)) / planted) * 1060 - 18;
      // The middle of the nearest ridge stays free for the subject.
      if (i === count - 1 && Math.abs(x - 512) < 230) continue;
      const height = (scene.place === 'forest' ? 105 : 66) + i * 42 + random.between(-14, 26);
      trees += treeSvg(scene, palette, random, x, ridge.at(x) + 6, height, distance);
    }
    const rim = lighter(colour, 0.12);
    result += `${trees}<path d="${ridge.path}" fill="${colour}"/><path d="${ridge.path}" fill="none" stroke="${rim}" stroke-width="3" stroke-opacity="0.5"/>`;
  }
  return result;
}

/** Peaks with a lit and a shaded side and, where it is high or cold, snow. */
function range(scene: Scene, palette: Palette, random: Random): string {
  const high = scene.place === 'mountains';
  const rock = palette.tint(scene.season === 'autumn' ? '#7d6a78' : '#66779a');
  let result = '';
  for (const [row, distance] of (high ? [0.72, 0.42] : [0.82]).entries()) {
    const count = high ? 4 - row : 4;
    for (let i = 0; i < count; i += 1) {
      const x = ((i + random.between(0.25, 0.75)) / count) * 1120 - 48;
      const height =
        (high ? random.between(230, 370) : random.between(120, 210)) * (1 - row * 0.25);
      const half = height * random.between(0.75, 1);
      const base = 690 + row * 30;
      const top = base - height;
      const lean = random.between(-0.12, 0.12) * half;
      const lit = palette.far(lighter(rock, 0.08), distance);
      const shaded = palette.far(darker(rock, 0.22), distance);
      const snow = palette.far(palette.tint('#fbfdff'), distance * 0.45);
      const cap = 0.3;
      const line = (share: number, side: number): string =>
        `${(x + lean * (1 - share) + side * half * share).toFixed(1)} ${(top + height * share).toFixed(1)}`;
      result +=
        `<path d="M${line(0, 0)}L${line(1, -1)}L${line(1, 1)}Z" fill="${lit}"/>` +
        `<path d="M${line(0, 0)}L${line(0.4, 0.14)}L${line(0.62, -0.06)}L${line(1, 0.2)}L${line(1, 1)}Z" fill="${shaded}"/>` +
        `<path d="M${line(0, 0)}L${line(cap, -1)}L${line(cap * 0.82, -0.45)}L${line(cap * 1.25, -0.12)}L${line(cap * 0.85, 0.3)}L${line(cap * 1.1, 0.62)}L${line(cap * 0.95, 1)}Z" fill="${snow}"/>`;
    }
  }
  return result;
}

function dunes(palette: Palette, random: Random): string {
  let result = '';
  for (let i = 0; i < 4; i += 1) {
    const distance = 0.6 * (1 - i / 4);
    const y = 600 + i * 62;
    const crest = random.between(260, 780);
    const lit = palette.far(lighter(palette.ground, 0.1), distance);
    const shaded = palette.far(darker(palette.ground, 0.22), distance);
    const slope = `M-10 ${y + 40}C${crest * 0.4} ${y + 30} ${crest * 0.75} ${y - 62} ${crest} ${y - 62}`;
    result +=
      `<path d="${slope}C${crest + 180} ${y - 30} ${crest + 320} ${y + 46} 1034 ${y + 30}L1034 1034L-10 1034Z" fill="${lit}"/>` +
      `<path d="M${crest} ${y - 62}C${crest + 20} ${y + 10} ${crest + 130} ${y + 70} ${crest + 60} ${y + 170}C${crest + 300} ${y + 90} ${crest + 420} ${y + 60} 1034 ${y + 30}C${crest + 320} ${y + 46} ${crest + 180} ${y - 30} ${crest} ${y - 62}Z" fill="${shaded}"/>`;
  }
  for (const x of [random.between(60, 210), random.between(800, 950)]) {
    const h = random.between(70, 130);
    const green = palette.tint('#4f8a5b');
    result += `<g transform="translate(${x} ${random.between(740, 790)}) scale(${h / 100})" fill="none" stroke="${green}" stroke-linecap="round" stroke-linejoin="round"><path d="M0 20V-90" stroke-width="24"/><path d="M-34-62V-42Q-34-28-20-28H0M32-76V-52Q32-40 20-40H0" stroke-width="15"/></g>`;
  }
  return result;
}

function skyline(scene: Scene, palette: Palette, random: Random): string {
  let result = '';
  for (const [row, distance] of [0.78, 0.5, 0.2].entries()) {
    const wall = palette.far(
      palette.tint(random.pick(['#4f5d7d', '#5b5378', '#47667a'])),
      distance,
    );
    let x = random.between(-50, -10);
    while (x < 1030) {
      const width = random.between(52, 104) + row * 12;
      const height = random.between(120, 330) - row * 42;
      const top = 740 + row * 12 - height;
      const colour = darker(wall, random.between(0, 0.14));
      result += `<path d="${roof(random, x, top, width)}L${x + width} 840L${x} 840Z" fill="${colour}"/>`;
      if (row > 0) result += windows(scene, palette, random, { x, top, width, height }, distance);
      x += width + (random.chance(0.3) ? random.between(6, 20) : 0);
    }
  }
  const street = mix(palette.tint('#5a6173'), palette.sky[0], 0.2);
  return `${result}<rect y="770" width="1024" height="260" fill="${street}"/><rect y="770" width="1024" height="12" fill="${lighter(street, 0.16)}"/><path d="M-20 888H1050" stroke="${lighter(street, 0.4)}" stroke-opacity="0.5" stroke-width="9" stroke-dasharray="74 52"/>`;
}

function roof(random: Random, x: number, top: number, width: number): string {
  const kind = random.integer(0, 3);
  if (kind === 0) return `M${x} ${top + 24}L${x + width / 2} ${top - 14}L${x + width} ${top + 24}`;
  if (kind === 1)
    return `M${x} ${top}L${x + width * 0.46} ${top}L${x + width * 0.5} ${top - 54}L${x + width * 0.54} ${top}L${x + width} ${top}`;
  return `M${x} ${top}L${x + width} ${top}`;
}

function windows(
  scene: Scene,
  palette: Palette,
  random: Random,
  house: { x: number; top: number; width: number; height: number },
  distance: number,
): string {
  const lit = scene.time === 'night' || scene.time === 'sunset';
  const glass = palette.far(lit ? '#ffd98a' : lighter(palette.sky[1], 0.35), distance * 0.5);
  const columns = Math.floor((house.width - 14) / 20);
  let path = '';
  for (let y = house.top + 34; y < 750; y += 27) {
    for (let column = 0; column < columns; column += 1) {
      if (random.chance(lit ? 0.52 : 0.3)) continue;
      const x = house.x + (house.width - columns * 20) / 2 + column * 20 + 4;
      path += `M${x.toFixed(0)} ${y.toFixed(0)}h11v15h-11Z`;
    }
  }
  return `<path d="${path}" fill="${glass}" fill-opacity="${lit ? 0.85 : 0.45}"/>`;
}

function moonscape(scene: Scene, palette: Palette, random: Random): string {
  const soil = lighter(palette.sky[2], 0.32);
  const planet = random.pick(['#d98b5f', '#6fa8c9', '#c77fa8', '#8fbf8a']);
  const [x, y, r] = [random.pick([200, 824]), random.between(200, 300), random.between(70, 120)];
  const craters = Array.from({ length: 9 }, () => {
    const cx = random.between(40, 990);
    const cy = random.between(815, 1000);
    const rx = random.between(24, 76);
    return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${rx * 0.26}" fill="${darker(soil, 0.3)}"/><ellipse cx="${cx}" cy="${cy + 4}" rx="${rx * 0.9}" ry="${rx * 0.2}" fill="${darker(soil, 0.14)}"/>`;
  });
  const above =
    scene.subject === 'planet'
      ? ''
      : `<circle cx="${x}" cy="${y}" r="${r}" fill="${planet}"/><path d="M${x} ${y - r}A${r} ${r} 0 0 1 ${x} ${y + r}A${r * 1.6} ${r * 1.6} 0 0 0 ${x} ${y - r}Z" fill="#0a0a1c" fill-opacity="0.35"/><ellipse cx="${x}" cy="${y}" rx="${r * 1.7}" ry="${r * 0.36}" transform="rotate(-18 ${x} ${y})" fill="none" stroke="${lighter(planet, 0.4)}" stroke-opacity="0.7" stroke-width="9"/>`;
  return `${above}<path d="M-10 800Q512 700 1034 800V1034H-10Z" fill="${soil}"/>${craters.join('')}`;
}

/** Ground in front of the subject's feet, with grass, flowers or drifts. */
function foreground(scene: Scene, palette: Palette, random: Random): string {
  if (scene.place === 'city' || scene.place === 'desert') return '';
  const ridge = ridgePath(random, 838, 12, 1.6);
  const colour = darker(palette.ground, scene.season === 'winter' ? 0.03 : 0.16);
  let details = '';
  const blossoms = [
    palette.tint('#f7d154'),
    palette.tint('#f08fb0'),
    palette.tint('#f6f2ea'),
    palette.tint('#e8604c'),
  ];
  for (let i = 0; i < 54; i += 1) {
    const x = random.between(0, 1024);
    const y = ridge.at(x) + random.next() * 150;
    if (scene.season === 'winter') {
      if (i > 16) break;
      details += `<ellipse cx="${x.toFixed(0)}" cy="${(y + 12).toFixed(0)}" rx="${random.between(30, 90).toFixed(0)}" ry="7" fill="${lighter(colour, 0.55)}" fill-opacity="0.6"/>`;
      continue;
    }
    const h = random.between(14, 34);
    details += `<path d="M${x.toFixed(0)} ${y.toFixed(0)}q-3 ${(-h * 0.6).toFixed(0)} -9 ${(-h).toFixed(0)}M${x.toFixed(0)} ${y.toFixed(0)}q1 ${(-h * 0.8).toFixed(0)} 2 ${(-h * 1.15).toFixed(0)}M${x.toFixed(0)} ${y.toFixed(0)}q4 ${(-h * 0.6).toFixed(0)} 11 ${(-h * 0.9).toFixed(0)}" stroke="${darker(colour, 0.22)}" stroke-width="3" stroke-linecap="round" fill="none"/>`;
    if (i % 3 === 0 && scene.season !== 'autumn') {
      details += `<circle cx="${(x + 2).toFixed(0)}" cy="${(y - h * 1.15).toFixed(0)}" r="5.5" fill="${random.pick([blossoms[0] ?? '', ...blossoms])}"/>`;
    }
  }
  return `<path d="${ridge.path}" fill="${colour}"/>${details}`;
}
