import { darker, lighter, mix } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** Gradient, sun or moon, stars, clouds, birds: all that stands above the horizon. */
export function skySvg(scene: Scene, palette: Palette, random: Random): string {
  const parts = [
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="0.72"><stop offset="0" stop-color="${palette.sky[0]}"/><stop offset="0.58" stop-color="${palette.sky[1]}"/><stop offset="1" stop-color="${palette.sky[2]}"/></linearGradient>`,
    '<rect width="1024" height="1024" fill="url(#sky)"/>',
  ];
  const rough = scene.weather.has('storm') || scene.weather.has('rain');
  const starry = scene.time === 'night' && (!rough || scene.weather.has('stars'));
  if (scene.place === 'space') parts.push(nebula(palette, random));
  if (starry) parts.push(stars(random, scene.place === 'space' ? 220 : 120));
  if (scene.time === 'night' && scene.season === 'winter' && !rough) parts.push(aurora(random));
  const said = scene.weather.has('moon') || scene.weather.has('sun');
  // Space has a planet of its own to look at.
  if (said || (scene.place !== 'space' && (!rough || scene.time === 'night'))) {
    parts.push(lightDisc(scene, palette, random));
  }
  if (scene.weather.has('rainbow')) parts.push(rainbow());
  const cloudCount = rough ? 8 : scene.weather.has('clouds') ? 7 : scene.time === 'night' ? 1 : 3;
  if (scene.place !== 'space') parts.push(clouds(scene, palette, random, cloudCount, rough));
  if (scene.weather.has('storm')) parts.push(lightning(random));
  if (!rough && scene.time !== 'night') parts.push(flock(palette, random));
  return parts.join('');
}

function lightDisc(scene: Scene, palette: Palette, random: Random): string {
  const night = scene.time === 'night';
  const low = scene.time === 'sunset' || scene.time === 'dawn';
  const x = random.pick([random.between(200, 340), random.between(640, 800)]);
  const y = low ? random.between(360, 470) : random.between(170, 260);
  const r = night ? random.between(52, 70) : random.between(62, 84);
  const rings = [3.4, 2.4, 1.6]
    .map(
      (grow) =>
        `<circle cx="${x}" cy="${y}" r="${r * grow}" fill="${palette.light}" fill-opacity="0.1"/>`,
    )
    .join('');
  const craters = night
    ? [
        [-0.35, -0.2, 0.2],
        [0.3, 0.15, 0.26],
        [-0.1, 0.5, 0.14],
        [0.25, -0.5, 0.12],
      ]
        .map(
          ([dx = 0, dy = 0, size = 0]) =>
            `<circle cx="${x + dx * r}" cy="${y + dy * r}" r="${size * r}" fill="#d9cfae" fill-opacity="0.55"/>`,
        )
        .join('')
    : '';
  return `${rings}<circle cx="${x}" cy="${y}" r="${r}" fill="${palette.light}"/>${craters}`;
}

function stars(random: Random, count: number): string {
  let dots = '';
  for (let i = 0; i < count; i += 1) {
    const x = random.between(0, 1024);
    const y = random.between(0, 620);
    const r = random.between(0.7, 2.3);
    dots += `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${r.toFixed(1)}" fill-opacity="${random.between(0.35, 1).toFixed(2)}"/>`;
  }
  let sparkles = '';
  for (let i = 0; i < 6; i += 1) {
    const s = random.between(6, 13);
    sparkles += `<path transform="translate(${random.between(60, 960).toFixed(0)} ${random.between(40, 420).toFixed(0)}) scale(${s.toFixed(1)})" d="M0-1Q.12-.12 1 0Q.12.12 0 1Q-.12.12-1 0Q-.12-.12 0-1Z" fill-opacity="0.9"/>`;
  }
  return `<g fill="#fff8e6">${dots}${sparkles}</g>`;
}

function nebula(palette: Palette, random: Random): string {
  const glow = lighter(palette.sky[2], 0.25);
  const spots = Array.from({ length: 4 }, () => {
    const [x, y, rx] = [
      random.between(100, 920),
      random.between(80, 560),
      random.between(200, 420),
    ];
    return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${rx * 0.5}" transform="rotate(${random.between(-35, 35)} ${x} ${y})" fill="url(#nebula)"/>`;
  });
  return `<radialGradient id="nebula"><stop offset="0" stop-color="${glow}" stop-opacity="0.42"/><stop offset="1" stop-color="${glow}" stop-opacity="0"/></radialGradient>${spots.join('')}`;
}

function aurora(random: Random): string {
  const bands = ['#7df0c2', '#8fd8ff', '#b7f59a'].map((colour, i) => {
    const y = 150 + i * 55 + random.between(-20, 20);
    const swing = random.between(50, 110);
    return `<path d="M-20 ${y}C220 ${y - swing} 380 ${y + swing} 560 ${y}S860 ${y - swing} 1050 ${y + 20}L1050 ${y + 150}C860 ${y + 60} 760 ${y + 190} 560 ${y + 150}S220 ${y + 60} -20 ${y + 170}Z" fill="url(#aurora${i})"/><linearGradient id="aurora${i}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colour}" stop-opacity="0"/><stop offset="0.4" stop-color="${colour}" stop-opacity="0.3"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></linearGradient>`;
  });
  return bands.join('');
}

function clouds(
  scene: Scene,
  palette: Palette,
  random: Random,
  count: number,
  rough: boolean,
): string {
  const base = rough
    ? mix(palette.sky[0], palette.sky[1], 0.35)
    : scene.time === 'night'
      ? palette.sky[1]
      : lighter(palette.sky[2], 0.35);
  let result = '';
  for (let i = 0; i < count; i += 1) {
    const scale = random.between(0.75, 1.5) * (rough ? 1.7 : 1);
    const x = random.between(-60, 900);
    const y = rough ? random.between(20, 250) : random.between(90, 380);
    const colour = rough ? darker(base, random.between(0, 0.25)) : base;
    // Puffs on one flat base line read as a cloud from any distance.
    result += `<path transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) scale(${scale.toFixed(2)})" d="M0 40C-22 40-26 12-2 10C2-14 36-20 48-2C62-30 108-26 112 4C136-4 152 14 142 28C152 32 148 40 138 40Z" fill="${colour}" fill-opacity="${rough ? 0.85 : 0.72}"/>`;
  }
  return result;
}

function lightning(random: Random): string {
  const x = random.between(180, 820);
  const bolt = `M${x} 150L${x - 46} 300L${x - 8} 300L${x - 62} 470L${x + 46} 262L${x + 4} 262L${x + 42} 150Z`;
  return `<path d="${bolt}" fill="#fff6c9" fill-opacity="0.2" stroke="#fff6c9" stroke-opacity="0.2" stroke-width="26" stroke-linejoin="round"/><path d="${bolt}" fill="#fff3b8"/>`;
}

function rainbow(): string {
  return ['#e4574f', '#f08c3c', '#f4cf4a', '#67b45c', '#4a8fd0', '#8560b8']
    .map(
      (colour, i) =>
        `<circle cx="512" cy="760" r="${520 - i * 20}" fill="none" stroke="${colour}" stroke-width="20" stroke-opacity="0.5"/>`,
    )
    .join('');
}

function flock(palette: Palette, random: Random): string {
  const ink = darker(palette.sky[0], 0.35);
  const [x, y] = [random.between(200, 760), random.between(190, 330)];
  return Array.from({ length: random.integer(3, 6) }, () => {
    const s = random.between(0.7, 1.3);
    return `<path transform="translate(${(x + random.between(-110, 110)).toFixed(0)} ${(y + random.between(-50, 50)).toFixed(0)}) scale(${s.toFixed(2)})" d="M-17 0Q-8-10 0 0Q8-10 17 0" fill="none" stroke="${ink}" stroke-width="3.2" stroke-linecap="round" stroke-opacity="0.7"/>`;
  }).join('');
}
