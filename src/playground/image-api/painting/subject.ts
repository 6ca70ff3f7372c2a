import { brushFor } from './brush.ts';
import type { Brush, Figure } from './brush.ts';
import * as animals from './figures/animals.ts';
import * as beings from './figures/beings.ts';
import * as shapes from './figures/shapes.ts';
import * as things from './figures/things.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import type { SubjectName } from './subject-words.ts';

/** What a figure is by nature: its shape, its colours, and whether it stands, floats, or floats before a bright disc. */
interface Subject {
  readonly draw: Figure;
  readonly colours: readonly [string, ...string[]];
  readonly stands: 'ground' | 'air' | 'disc';
}

const ground = (draw: Figure, ...colours: [string, ...string[]]): Subject => ({
  draw,
  colours,
  stands: 'ground',
});
const air = (draw: Figure, ...colours: [string, ...string[]]): Subject => ({
  draw,
  colours,
  stands: 'air',
});

const disc = (draw: Figure, ...colours: [string, ...string[]]): Subject => ({
  draw,
  colours,
  stands: 'disc',
});

const subjects: Readonly<Record<SubjectName, Subject>> = {
  fox: ground(animals.fox, '#e8742c', '#d9632a', '#ee8436'),
  cat: ground(animals.cat, '#8d8792', '#e0944a', '#4a4656', '#c9a37a'),
  dog: ground(animals.dog, '#b57a45', '#8a6248', '#d2a267'),
  rabbit: ground(animals.rabbit, '#b59a86', '#d9c6b0', '#9a8f94'),
  bear: ground(animals.bear, '#8a5a3c', '#6f4a38', '#a8744a'),
  owl: ground(animals.owl, '#8f6a4c', '#7d7a86', '#a9825a'),
  bird: ground(animals.bird, '#3f78c9', '#d8533c', '#3f9d7d', '#e0a53a'),
  penguin: ground(animals.penguin, '#2c3448', '#33405a'),
  fish: air(animals.fish, '#f08a34', '#e0584c', '#3f9db5'),
  whale: ground(animals.whale, '#4a7fb0', '#3f6f94', '#5a6fa8'),
  butterfly: air(animals.butterfly, '#e8863a', '#7d5fc0', '#3f8fc9'),
  house: ground(things.house, '#c2503f', '#3f6f8f', '#7d5a86'),
  castle: ground(things.castle, '#3f5f9a', '#a8434f', '#5a4a8a'),
  lighthouse: ground(things.lighthouse, '#d0483f', '#2f5f9a'),
  boat: ground(things.boat, '#c9503f', '#2f6f8f', '#3f7d5f'),
  tree: ground(things.tree, '#4f9a55', '#3f8a5a'),
  mountain: ground(things.mountain, '#6f7f9f', '#7d7594'),
  flower: ground(things.flower, '#e8577a', '#f0a13a', '#8a5cc7', '#f3c33c'),
  mushroom: ground(things.mushroom, '#d0402f', '#b5673a'),
  robot: ground(beings.robot, '#8fb3c4', '#e0a04a', '#9aa0b5', '#7dbfa8'),
  person: ground(beings.person, '#c9503f', '#3f6fa8', '#4f8f6a', '#8a5a9a', '#d99a3a'),
  rocket: ground(things.rocket, '#d8443c', '#2f6fa8', '#e08a34'),
  balloon: air(things.balloon, '#d8443c', '#e8923a', '#3f8fb5', '#8a5cc7'),
  car: ground(things.car, '#d0483f', '#2f7fa8', '#e0a53a', '#4f9a7d'),
  cup: ground(things.cup, '#d9694a', '#3f8f8a', '#e0a53a', '#5a6fa8'),
  lattice: disc(shapes.lattice, '#3f6fb5', '#4a4f6a', '#7d5fb5', '#2f8f8f'),
  planet: air(shapes.planet, '#c9824a', '#5f7fc9', '#b5677d'),
};

const abstract = (random: Random): Subject =>
  disc(
    random.pick([shapes.rosette, shapes.gem, shapes.ripples, shapes.rosette]),
    '#c9503f',
    '#3f6fb5',
    '#8a5cc7',
    '#2f8f8f',
    '#d98a3a',
    '#b5477d',
  );

/** The figure in the middle of the picture, with its shadow, and an easel beside whoever paints. */
export function subjectSvg(scene: Scene, palette: Palette, random: Random): string {
  const subject = scene.subject === undefined ? abstract(random) : subjects[scene.subject];
  const brush = brushFor(subjectColour(scene, subject, random), palette, random);
  const floats = subject.stands !== 'ground';
  const scale = random.between(1.62, 1.9) * (scene.subject === 'mountain' ? 1.25 : 1);
  const flip = random.chance(0.5) ? -1 : 1;
  const paints = scene.easel && scene.subject !== undefined;
  const x = paints ? 512 - flip * 165 : 512 + random.between(-70, 70);
  const afloat =
    scene.place === 'sea' &&
    scene.subject !== 'lighthouse' &&
    (!floats || scene.subject === 'fish');
  const y = footOf(scene, floats && !afloat, afloat, random);
  const tilt = afloat ? random.between(-6, 6) * (scene.weather.has('storm') ? 1.8 : 1) : 0;
  const shadow =
    scene.place === 'sea' || scene.subject === 'mountain'
      ? ''
      : `<ellipse cx="${x}" cy="${floats ? 850 : y + 2}" rx="${78 * scale}" ry="${11 * scale}" fill="#0d1226" fill-opacity="${floats ? 0.16 : 0.26}"/>`;
  const halo = subject.stands === 'disc' ? haloSvg(brush, x, y - 120 * scale, 158 * scale) : '';
  const place = `translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${tilt.toFixed(1)}) scale(${(flip * scale).toFixed(3)} ${scale.toFixed(3)})`;
  const tool = paints ? paintbrushSvg(scene.subject) : '';
  const figure = `<g transform="${place}">${subject.draw(brush)}${tool}</g>`;
  const easel = paints
    ? `<g transform="translate(${x + flip * 340} ${y + 6}) rotate(${flip * 3}) scale(${(scale * 0.98).toFixed(3)})">${beings.easel(brush)}</g>`
    : '';
  return shadow + halo + easel + figure;
}

function footOf(scene: Scene, floats: boolean, afloat: boolean, random: Random): number {
  if (floats) return random.between(715, 750);
  if (scene.subject === 'mountain') return 850;
  if (scene.subject === 'lighthouse' && scene.place === 'sea') return 824;
  if (!afloat) return 846;
  return scene.subject === 'fish' ? 866 : 806;
}

function haloSvg(brush: Brush, x: number, y: number, r: number): string {
  return `<circle cx="${x}" cy="${y}" r="${r * 1.16}" fill="${brush.white}" fill-opacity="0.16"/><circle cx="${x}" cy="${y}" r="${r}" fill="${brush.white}" fill-opacity="0.3"/>`;
}

/** In the hand of those that have one, on the side of the easel. */
function paintbrushSvg(subject: SubjectName | undefined): string {
  if (subject !== 'robot' && subject !== 'person') return '';
  const hand = subject === 'robot' ? '84 -42' : '56 -52';
  return `<g transform="translate(${hand}) rotate(34)"><path d="M0 22V-48" stroke="#9a6a3f" stroke-width="6" stroke-linecap="round"/><path d="M-5-46H5V-56H-5Z" fill="#c9ced6"/><path d="M-6-56H6C8-68 4-76 0-84C-4-76-8-68-6-56Z" fill="#e0584c"/></g>`;
}

function subjectColour(scene: Scene, subject: Subject, random: Random): string {
  if (scene.colour !== undefined) return scene.colour;
  if (scene.subject === 'tree') return seasonTree[scene.season];
  return random.pick(subject.colours);
}

const seasonTree: Readonly<Record<Scene['season'], string>> = {
  spring: '#f3a9c0',
  summer: '#4f9a55',
  autumn: '#d9702e',
  winter: '#8fb0a8',
};
