import type { ProvidedPicture, UsedSettings } from '../../domain/provider.ts';
import { statusWord, type KidjigApi } from '../../kidjig-api.ts';
import { readPicture } from './kidjig-picture.ts';
import { findAt } from './kidjig-places.ts';

/** What an answer of Kidjig's says; what it does not say, or not so that it can be read, is missing. */
export interface KidjigAnswer {
  readonly requestId: string | undefined;
  /** `unknown`: a word that the setting does not name. */
  readonly state: 'waiting' | 'done' | 'failed' | 'refused' | 'unknown' | undefined;
  /** The word of its state as it came, for the log. */
  readonly word: string | undefined;
  readonly pictures: readonly ProvidedPicture[];
  /** How many pictures it names, those that cannot be fetched among them. */
  readonly named: number;
  /** What it cost, in Kidjig's own unit, which is documented nowhere. */
  readonly cost: number | undefined;
  readonly used: UsedSettings;
}

/** Every one counts as charged, so a great many are no answer to a request of ours. */
const mostNamed = 16;
const greatestCost = 1e9;
const longestPrompt = 4000;

/** Reads an answer of any of the three steps, in the places and the words of the setting. */
export function readKidjig(json: unknown, { places, words }: KidjigApi): KidjigAnswer {
  const said = places.status.flatMap((place) => findAt(json, place).filter(isText));
  // An envelope may have a status of its own.
  const word = said.find((one) => stateOf(one, words) !== 'unknown') ?? said[0];
  const cost = first(json, ['data.cost', 'cost'], isNumber);
  return {
    requestId: readRequestId(json, places.requestId),
    state: word === undefined ? undefined : stateOf(word, words),
    word,
    ...readPictures(json, places.images),
    cost: cost === undefined || cost < 0 || cost > greatestCost ? undefined : cost,
  };
}

function stateOf(word: string, words: KidjigApi['words']): KidjigAnswer['state'] {
  const said = statusWord(word);
  const states = ['waiting', 'done', 'failed', 'refused'] as const;
  return states.find((state) => words[state].some((one) => statusWord(one) === said)) ?? 'unknown';
}

/** It goes into a path and into the log. */
function readRequestId(json: unknown, places: readonly string[]): string | undefined {
  const text = String(first(json, places, isId) ?? '');
  return /^(?!\.{1,2}$)[\x21-\x7e]{1,200}$/.test(text) ? text : undefined;
}

function readPictures(
  json: unknown,
  places: readonly string[],
): Pick<KidjigAnswer, 'pictures' | 'named' | 'used'> {
  for (const place of places) {
    const values = findAt(json, place);
    const holders = holdersOf(json, place) ?? values;
    const named = Math.max(values.length, holders.length);
    if (named > mostNamed) continue;
    const pictures = values.flatMap((value) => (isText(value) ? (readPicture(value) ?? []) : []));
    if (pictures.length > 0) return { pictures, named, used: readUsed(json, holders) };
  }
  return { pictures: [], named: 0, used: readUsed(json, []) };
}

/** The objects that hold the addresses, where a place such as `images[].url` says so. */
function holdersOf(json: unknown, place: string): readonly unknown[] | undefined {
  const dot = place.lastIndexOf('.');
  return dot < 0 || place.endsWith('[]') ? undefined : findAt(json, place.slice(0, dot));
}

/** Sources: fal's output `{images: [{url, width, height}], seed, prompt}`, on top or within `data`. */
function readUsed(json: unknown, holders: readonly unknown[]): UsedSettings {
  const seed = first(json, ['seed', 'data.seed'], isWhole);
  const prompt = first(json, ['prompt', 'data.prompt'], isText);
  const [size] = holders.flatMap((holder) => {
    const width = first(holder, ['width'], isPixels);
    const height = first(holder, ['height'], isPixels);
    return width === undefined || height === undefined ? [] : [{ width, height }];
  });
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(prompt === undefined || prompt.length > longestPrompt ? {} : { prompt }),
    ...size,
  };
}

function first<T>(
  json: unknown,
  places: readonly string[],
  is: (value: unknown) => value is T,
): T | undefined {
  for (const place of places) {
    const found = findAt(json, place).find(is);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isId = (value: unknown): value is string | number => isText(value) || isWhole(value);
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isPixels = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= 65_536;
