import type { Aspect } from '../../domain/aspect.ts';
import { size, type Size } from '../size.ts';

/** The length of the square that a model was trained on decides which sizes suit it. */
export type SizeClass = 1024 | 768 | 512;

type ClassAspect = Extract<Aspect, '1:1' | '4:5' | '2:3' | '3:2' | '9:16' | '16:9' | '12:5'>;

/** Source: the sizes that Stablecog's own Discord bot uses. */
const sizes: Readonly<Record<SizeClass, Readonly<Record<ClassAspect, Size>>>> = {
  1024: {
    '1:1': size(1024, 1024),
    '4:5': size(896, 1120),
    '2:3': size(832, 1248),
    '3:2': size(1248, 832),
    '9:16': size(720, 1280),
    '16:9': size(1280, 720),
    '12:5': size(1536, 640),
  },
  768: {
    '1:1': size(768, 768),
    '4:5': size(672, 840),
    '2:3': size(608, 912),
    '3:2': size(912, 608),
    '9:16': size(576, 1024),
    '16:9': size(1024, 576),
    '12:5': size(1152, 480),
  },
  512: {
    '1:1': size(512, 512),
    '4:5': size(512, 640),
    '2:3': size(512, 768),
    '3:2': size(768, 512),
    '9:16': size(432, 768),
    '16:9': size(768, 432),
    '12:5': size(768, 320),
  },
};

/** The ratios that every class has. */
export const classAspects: readonly ClassAspect[] = [
  '1:1',
  '4:5',
  '2:3',
  '3:2',
  '9:16',
  '16:9',
  '12:5',
];

/** `undefined` for a ratio that Stablecog has no size for. */
export function sizeOf(sizeClass: SizeClass, aspect: Aspect): Size | undefined {
  const known = classAspects.find((it) => it === aspect);
  return known && sizes[sizeClass][known];
}

/** The class of a model whose own size is this. */
export function classOf({ width, height }: Size): SizeClass {
  const longer = Math.max(width, height);
  if (longer > 896) return 1024;
  return longer > 640 ? 768 : 512;
}

/** What width × height × steps may be at most. Source: the rules of Stablecog's server. */
const maxPixelSteps = 1024 * 1024 * 30;
/** The steps that are counted where none are given. */
const countedSteps = 30;

/**
 * Whether Stablecog takes a size: 256 to 1536 either way and no more pixels than 30 steps allow, and
 * in steps of 8, which its documentation asks for and its server does not check.
 */
export function isAllowed({ width, height }: Size): boolean {
  const fits = (px: number): boolean => px >= 256 && px <= 1536 && px % 8 === 0;
  return fits(width) && fits(height) && width * height * countedSteps <= maxPixelSteps;
}

/** The steps that may be asked for at any size of a class and at a model's own, at most the documented 50. */
export function mostSteps(sizeClass: SizeClass, own: Size): number {
  const most = Math.max(pixels(own), ...classAspects.map((it) => pixels(sizes[sizeClass][it])));
  return Math.min(50, Math.floor(maxPixelSteps / most));
}

function pixels({ width, height }: Size): number {
  return width * height;
}
