import type { KeptGeneration } from './history.ts';
import { isoTime } from './iso-time.ts';

type Fits = (generation: KeptGeneration) => boolean;

/** What a parameter's value lets through; `undefined` for a value that it does not take. */
type Filter = (value: string) => Fits | undefined;

const always: Fits = () => true;

/** One of several words, whatever their case, each with what it lets through. */
function oneOf(words: Readonly<Record<string, Fits>>): Filter {
  const known = new Map(Object.entries(words));
  return (value) => known.get(value.toLowerCase());
}

function listOf(of: (generation: KeptGeneration) => string): Filter {
  return (value) => {
    const wanted = new Set(value.toLowerCase().split(','));
    return (generation) => wanted.has(of(generation));
  };
}

function uuids(of: (generation: KeptGeneration) => string): Filter {
  const filter = listOf(of);
  return (value) => (value.split(',').every(isUuid) ? filter(value) : undefined);
}

function numbers(of: (generation: KeptGeneration) => number): Filter {
  const filter = listOf((it) => String(of(it)));
  return (value) => (value.split(',').every(isNumber) ? filter(value) : undefined);
}

function least(of: (generation: KeptGeneration) => number): Filter {
  return (value) => (isNumber(value) ? (it) => of(it) >= Number(value) : undefined);
}

function most(of: (generation: KeptGeneration) => number): Filter {
  return (value) => (isNumber(value) ? (it) => of(it) <= Number(value) : undefined);
}

function time(fits: (createdAt: number, at: number) => boolean): Filter {
  return (value) => {
    const at = isoTime(value);
    return at === undefined ? undefined : (it) => fits(it.createdAt, at);
  };
}

const width: (it: KeptGeneration) => number = (it) => it.order.width;
const height: (it: KeptGeneration) => number = (it) => it.order.height;
const steps: (it: KeptGeneration) => number = (it) => it.order.steps;
const guidance: (it: KeptGeneration) => number = (it) => it.order.guidance;

/** The parameters of the documentation but those of paging. */
const filters: Readonly<Record<string, Filter>> = {
  model_ids: uuids((it) => it.order.model.id),
  scheduler_ids: uuids((it) => it.order.scheduler.id),
  widths: numbers(width),
  heights: numbers(height),
  inference_steps: numbers(steps),
  guidance_scales: numbers(guidance),
  min_width: least(width),
  max_width: most(width),
  min_height: least(height),
  max_height: most(height),
  min_inference_steps: least(steps),
  max_inference_steps: most(steps),
  min_guidance_scale: least(guidance),
  max_guidance_scale: most(guidance),
  start_dt: time((createdAt, at) => createdAt >= at),
  end_dt: time((createdAt, at) => createdAt <= at),
  order: oneOf({ asc: always, desc: always }),
  order_by: oneOf({ created_at: always, updated_at: always }),
  // Nothing is ever upscaled, approved, rejected or favoured here.
  upscaled: oneOf({ any: always, not: always, only: () => false }),
  is_favorited: oneOf({ true: () => false, false: always }),
  was_auto_submitted: oneOf({ true: (it) => it.public, false: (it) => !it.public }),
  gallery_status: listOf((it) => (it.public ? 'submitted' : 'not_submitted')),
};

/** What a query lets through, or what is wrong with it. Parameters that are not documented do nothing. */
export function fitsOf(query: URLSearchParams): Fits | string {
  const all: Fits[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const value = query.get(name);
    if (value === null) continue;
    const fits = filter(value);
    if (fits === undefined) return `invalid ${name}: ${value}`;
    all.push(fits);
  }
  return (generation) => all.every((fits) => fits(generation));
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function isNumber(text: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(text);
}
