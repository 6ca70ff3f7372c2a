import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** What is in the air, behind and before the subject: leaves must not hide a face, snow and rain may. */
export function fallingOf(
  scene: Scene,
  palette: Palette,
  random: Random,
): { readonly behind: string; readonly before: string } {
  const wooded = scene.place === 'hills' || scene.place === 'forest';
  const rough = scene.weather.has('rain') || scene.weather.has('storm');
  const behind = [
    scene.weather.has('fog') ? fog(palette) : '',
    wooded && scene.season === 'autumn' ? leaves(random, palette, autumnLeaves) : '',
    wooded && scene.season === 'spring' ? leaves(random, palette, petals) : '',
    wooded && scene.season === 'summer' && scene.time === 'night' ? fireflies(random) : '',
  ];
  const before = [
    scene.weather.has('snow') && scene.place !== 'space' ? snow(random) : '',
    rough ? rain(random) : '',
  ];
  return { behind: behind.join(''), before: before.join('') };
}

const autumnLeaves = ['#d9702e', '#c9472f', '#e7a23a', '#b5572c'];
const petals = ['#f7c3d2', '#f3a9c0', '#fbdde6'];

function snow(random: Random): string {
  let flakes = '';
  for (let i = 0; i < 130; i += 1) {
    const near = random.next() ** 2;
    flakes += `<circle cx="${random.between(0, 1024).toFixed(0)}" cy="${random.between(0, 1000).toFixed(0)}" r="${(1.6 + near * 6).toFixed(1)}" fill-opacity="${(0.45 + near * 0.45).toFixed(2)}"/>`;
  }
  return `<g fill="#ffffff">${flakes}</g>`;
}

function rain(random: Random): string {
  let path = '';
  for (let i = 0; i < 150; i += 1) {
    const length = random.between(22, 58);
    path += `M${random.between(-40, 1050).toFixed(0)} ${random.between(-20, 1000).toFixed(0)}l${(-length * 0.26).toFixed(0)} ${length.toFixed(0)}`;
  }
  return `<path d="${path}" stroke="#eaf4ff" stroke-width="2.4" stroke-opacity="0.34" stroke-linecap="round"/>`;
}

function fog(palette: Palette): string {
  return [560, 680, 800]
    .map(
      (y, i) =>
        `<ellipse cx="${i % 2 === 0 ? 300 : 740}" cy="${y}" rx="720" ry="86" fill="url(#fog)"/>`,
    )
    .join('')
    .concat(
      `<radialGradient id="fog"><stop offset="0" stop-color="${palette.sky[2]}" stop-opacity="0.8"/><stop offset="1" stop-color="${palette.sky[2]}" stop-opacity="0"/></radialGradient>`,
    );
}

function leaves(random: Random, palette: Palette, colours: readonly string[]): string {
  let result = '';
  for (let i = 0; i < 34; i += 1) {
    const colour = palette.tint(colours[i % colours.length] ?? '#d9702e');
    result += `<path transform="translate(${random.between(0, 1024).toFixed(0)} ${random.between(120, 900).toFixed(0)}) rotate(${random.integer(0, 359)}) scale(${random.between(0.7, 1.5).toFixed(2)})" d="M0-11C9-6 9 5 0 12C-9 5-9-6 0-11Z" fill="${colour}" fill-opacity="0.92"/>`;
  }
  return result;
}

function fireflies(random: Random): string {
  let result = '';
  for (let i = 0; i < 26; i += 1) {
    const [x, y] = [random.between(0, 1024).toFixed(0), random.between(520, 900).toFixed(0)];
    result += `<circle cx="${x}" cy="${y}" r="11" fill="#ffe58a" fill-opacity="0.22"/><circle cx="${x}" cy="${y}" r="3.4" fill="#fff3b0"/>`;
  }
  return result;
}
