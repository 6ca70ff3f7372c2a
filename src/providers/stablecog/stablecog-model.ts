import type { Aspect } from '../../domain/aspect.ts';
import type { Model } from '../../domain/model.ts';
import { modelKey } from '../model-key.ts';
import type { Size } from '../size.ts';
import type { ListedModel, StablecogDefaults } from './stablecog-answer.ts';
import {
  classAspects,
  classOf,
  isAllowed,
  mostSteps,
  sizeOf,
  type SizeClass,
} from './stablecog-size.ts';

/** A scheduler that a model can use. */
export interface Scheduler {
  readonly id: string;
  readonly name: string;
}

/** A model of Stablecog's, with what members need not know. */
export interface StablecogModel {
  readonly id: string;
  readonly model: Model;
  readonly schedulers: readonly Scheduler[];
  /** Its own size where no ratio is asked for; `undefined` for a ratio that it does not take. */
  sizeFor(aspect: Aspect | undefined): Size | undefined;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly sizeClass: SizeClass;
  /** Whether it can start from a picture. */
  readonly fromImage: boolean;
}

const known = (name: string, id: string, sizeClass: SizeClass, fromImage = true): Known => ({
  name,
  id,
  sizeClass,
  fromImage,
});

/** The active ones, the default first. Source: the constants of Stablecog's website, November 2025. */
const wellKnown: readonly Known[] = [
  known('FLUX.1', '0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b', 1024, false),
  known('Stable Diffusion 3', '986d447d-c38b-4218-a2c8-6e0b691f47ec', 1024),
  known('Kandinsky 2.2', '9fa49c00-109d-430f-9ddd-449f02e2c71a', 1024),
  known('SSD-1B', '4e54440f-ee17-4712-b4b6-0671b94d685d', 1024),
  known('SDXL', '8002bc51-7260-468f-8840-cf1e6dbe3f8a', 1024),
  known('Luna', 'b6c1372f-31a7-457c-907c-d292a6ffef97', 768),
  known('22h', 'fc06f6ab-ed14-4186-a7c0-aaec288d4f38', 512),
  known('Waifu', 'f7f3d973-ac6f-4a7a-9db8-e89e4fba03a9', 512),
];

const unreadDefaults: StablecogDefaults = {};
const serverGuidance = { min: 1, max: 30, default: 7 };
const serverStrength = { min: 0, max: 1, default: 0.5 };

/** What stands in until the list could be read: without schedulers, which only the list tells. */
export function wellKnownModels(isPublic: boolean): readonly StablecogModel[] {
  const list = wellKnown.map(({ id, name, sizeClass }, index) => ({
    id,
    name,
    is_default: index === 0,
    available_schedulers: [],
    default_width: sizeClass,
    default_height: sizeClass,
  }));
  return listedModels(list, unreadDefaults, isPublic);
}

/**
 * The models of Stablecog's list, the default first. A well-known one keeps its key and title
 * whatever the list calls it, since rules and prices name it; of two alike, the later gets a number.
 *
 * @param isPublic whether all that the account makes can be seen by everybody
 */
export function listedModels(
  list: readonly ListedModel[],
  defaults: StablecogDefaults,
  isPublic: boolean,
): readonly StablecogModel[] {
  const isDefault = (one: ListedModel): boolean =>
    one.is_default || one.id === defaults.model_id?.toLowerCase();
  const sorted = [...list.filter(isDefault), ...list.filter((one) => !isDefault(one))];
  const taken = new Set<string>();
  return sorted.map((one) => {
    const made = fromList(one, defaults, isPublic, taken);
    taken.add(made.model.key);
    return made;
  });
}

function fromList(
  listed: ListedModel,
  defaults: StablecogDefaults,
  isPublic: boolean,
  taken: ReadonlySet<string>,
): StablecogModel {
  const id = listed.id.toLowerCase();
  const kind = wellKnown.find((it) => it.id === id);
  const name = kind?.name ?? listed.name.replace(/[\p{C}\s]+/gu, ' ').trim();
  const own = { width: listed.default_width ?? 0, height: listed.default_height ?? 0 };
  const told = isAllowed(own);
  const sizeClass = kind?.sizeClass ?? (told ? classOf(own) : 512);
  const ownSize = told ? own : { width: sizeClass, height: sizeClass };
  const schedulers = listed.available_schedulers;
  // A family of models that cannot start from a picture, of which more may come.
  const fromImage = kind?.fromImage ?? !/^flux\b/i.test(name);
  const model: Model = {
    key: modelKey('stablecog', name, id, taken),
    provider: 'stablecog',
    title: `Stablecog ${name}`.slice(0, 80).trimEnd(),
    takes: {
      promptLength: { min: 1, max: 500 },
      mostImages: 4,
      guidance: {
        ...serverGuidance,
        default: within(serverGuidance, defaults.guidance_scale) ?? serverGuidance.default,
      },
      steps: { min: 10, max: mostSteps(sizeClass, ownSize), effect: false },
      aspects: classAspects,
      negativeLength: 500,
      // The numbers that the API picks from itself.
      seed: { min: 0, max: 2 ** 31 - 2 },
      ...(schedulers.length === 0 ? {} : { schedulers: schedulers.map((it) => it.name) }),
      ...(fromImage ? startsFromImage(defaults) : {}),
    },
    public: isPublic,
    unfiltered: false,
  };
  return {
    id,
    model,
    schedulers,
    sizeFor: (aspect) => (aspect === undefined ? ownSize : sizeOf(sizeClass, aspect)),
  };
}

/** Source: the rules of Stablecog's server, which fetches the picture itself. */
function startsFromImage(
  defaults: StablecogDefaults,
): Required<Pick<Model['takes'], 'image' | 'strength'>> {
  return {
    image: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 5 * 1024 * 1024 },
    strength: {
      ...serverStrength,
      default: within(serverStrength, defaults.prompt_strength) ?? serverStrength.default,
    },
  };
}

function within(
  { min, max }: { readonly min: number; readonly max: number },
  value: number | undefined,
): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined;
}
