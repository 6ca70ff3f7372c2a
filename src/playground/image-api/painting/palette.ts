import { darker, lighter, mix } from './colour.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** The colours that hold a picture together. */
export interface Palette {
  /** Sky from top to horizon. */
  readonly sky: readonly [string, string, string];
  /** Sun or moon. */
  readonly light: string;
  /** Land at the viewer's feet. */
  readonly ground: string;
  readonly foliage: string;
  readonly water: string;
  /** Takes a natural colour into the light of this hour. */
  tint(colour: string): string;
  /** The same for the figure, which keeps more of its own. */
  tintFigure(colour: string): string;
  /** Takes a colour back into the distance: 0 here, 1 at the horizon. */
  far(colour: string, distance: number): string;
}

type Sky = readonly [string, string, string];

const skies: Readonly<
  Record<Scene['time'] | 'space' | 'storm' | 'stormNight', readonly [Sky, Sky, Sky]>
> = {
  dawn: [
    ['#5d86c4', '#f3b0ab', '#ffe6c2'],
    ['#7f95d6', '#f4b9cb', '#fff0d6'],
    ['#4f9aa8', '#f2c6a0', '#fff1cf'],
  ],
  day: [
    ['#3f97d9', '#8fcbee', '#eef7f7'],
    ['#3c8ed0', '#95d0e6', '#fdf4dc'],
    ['#4fb0c6', '#a6dfdb', '#fbf6e6'],
  ],
  sunset: [
    ['#35306e', '#d65c7c', '#ffb870'],
    ['#2d4a7c', '#e57f63', '#ffd793'],
    ['#5a3274', '#ef6d6d', '#ffca7d'],
  ],
  night: [
    ['#0a1436', '#1d3a70', '#5a80b4'],
    ['#12122f', '#2f3175', '#7d6db4'],
    ['#07203a', '#14556a', '#56959c'],
  ],
  space: [
    ['#070714', '#17143a', '#3c2569'],
    ['#050b18', '#0d2441', '#204a70'],
    ['#0b0716', '#2c123f', '#6a2a5c'],
  ],
  storm: [
    ['#38424f', '#68798a', '#b5bfc0'],
    ['#33414b', '#5d7680', '#aebdb4'],
    ['#3d4050', '#757a90', '#c4bdb8'],
  ],
  stormNight: [
    ['#0d1428', '#2a3d5c', '#6f8ba5'],
    ['#12132b', '#343762', '#7a81ad'],
    ['#0a1b26', '#24495a', '#6b949b'],
  ],
};

const seasonGround: Readonly<Record<Scene['season'], readonly [string, string]>> = {
  spring: ['#7cb45e', '#5f9f57'],
  summer: ['#5ea352', '#3f8a4f'],
  autumn: ['#b9853f', '#a76a35'],
  winter: ['#eef4fa', '#dfeaf4'],
};

const seasonFoliage: Readonly<Record<Scene['season'], readonly [string, string, string]>> = {
  spring: ['#f3a9c0', '#8cc56a', '#f7c3d2'],
  summer: ['#2f7d4c', '#3f8f4a', '#25694a'],
  autumn: ['#d9702e', '#c9472f', '#e7a23a'],
  winter: ['#4d7a78', '#3f6a72', '#5b8787'],
};

export function choosePalette(scene: Scene, random: Random): Palette {
  const rough = scene.weather.has('storm') || scene.weather.has('rain');
  const kind =
    scene.place === 'space'
      ? 'space'
      : rough
        ? scene.time === 'night'
          ? 'stormNight'
          : 'storm'
        : scene.time;
  const sky = veiled(random.pick(skies[kind]), scene);
  const [ambient, strength] = ambientOf(scene, rough, sky);
  const tint = (colour: string): string => mix(colour, ambient, strength);
  const base =
    scene.place === 'desert'
      ? random.pick(['#dfa662', '#d6955a', '#e3b173'])
      : random.pick(seasonGround[scene.season]);
  return {
    sky,
    light:
      scene.time === 'night'
        ? '#f6f0da'
        : scene.time === 'sunset'
          ? '#ffe9b8'
          : lighter('#ffdf8a', 0.3),
    ground: tint(base),
    foliage: tint(random.pick(seasonFoliage[scene.season])),
    water: tint(rough ? '#2f6272' : random.pick(['#2a7fa8', '#2c8f9f', '#2f6fa8'])),
    tint,
    tintFigure: (colour) => mix(colour, ambient, strength * 0.42),
    far: (colour, distance) => mix(colour, mix(sky[2], sky[1], 0.35), distance * 0.86),
  };
}

/** Fog takes the colour out of the sky and brings it near. */
function veiled(sky: Sky, scene: Scene): Sky {
  if (!scene.weather.has('fog')) return sky;
  const veil = scene.time === 'night' ? '#4a5a70' : '#d3d9d8';
  return [mix(sky[0], veil, 0.45), mix(sky[1], veil, 0.5), mix(sky[2], veil, 0.5)];
}

function ambientOf(scene: Scene, rough: boolean, sky: Sky): readonly [string, number] {
  if (scene.time === 'night') return [darker(sky[1], 0.35), 0.4];
  if (rough) return [sky[0], 0.28];
  if (scene.time === 'sunset') return [mix(sky[0], sky[1], 0.5), 0.22];
  return scene.time === 'dawn' ? [sky[1], 0.16] : [sky[1], 0.04];
}
