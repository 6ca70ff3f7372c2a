import type { Random } from './random.ts';
import { subjectWords } from './subject-words.ts';
import { wordTable } from './word-table.ts';
import type { SubjectName } from './subject-words.ts';

export type TimeOfDay = 'dawn' | 'day' | 'sunset' | 'night';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Place = 'hills' | 'forest' | 'sea' | 'desert' | 'city' | 'mountains' | 'space';
export type Weather =
  'snow' | 'rain' | 'storm' | 'fog' | 'clouds' | 'stars' | 'rainbow' | 'moon' | 'sun';

/** What a prompt is understood to show; what it does not say is picked at random. */
export interface Scene {
  readonly time: TimeOfDay;
  readonly season: Season;
  readonly place: Place;
  readonly weather: ReadonlySet<Weather>;
  readonly subject: SubjectName | undefined;
  /** A colour that the prompt names (`#rrggbb`), for the subject. */
  readonly colour: string | undefined;
  /** Whether an easel stands beside the subject, because somebody paints. */
  readonly easel: boolean;
}

const times = wordTable<TimeOfDay>({
  dawn: 'dawn sunrise morning pastel',
  day: 'day noon midday afternoon sunny daylight beach',
  sunset: 'sunset dusk evening twilight golden',
  night:
    'night midnight nighttime moonlight moonlit starry star moon neon dark aurora galaxy firefly',
});

const seasons = wordTable<Season>({
  spring: 'spring blossom cherry tulip',
  summer: 'summer meadow tropical jungle beach',
  autumn: 'autumn fall october harvest pumpkin halloween',
  winter: 'winter snow snowy ice icy frozen arctic christmas penguin ski',
});

const places = wordTable<Place>({
  hills: 'hill field meadow garden countryside farm village valley park grass',
  forest: 'forest wood woodland jungle grove',
  sea: 'sea ocean lake river wave water beach harbor harbour underwater boat ship sailboat whale fish goldfish koi shark dolphin orca island coast pirate',
  desert: 'desert dune sand sahara cactus pyramid canyon camel',
  city: 'city town street skyline skyscraper tokyo london paris york cyberpunk downtown urban berlin car taxi',
  mountains: 'mountain alp peak himalaya cliff volcano fjord castle',
  space: 'space galaxy planet moonscape mars orbit cosmic cosmos nebula universe astronaut alien',
});

const weathers = wordTable<Weather>({
  snow: 'snow snowy snowfall blizzard winter christmas snowflake',
  rain: 'rain rainy umbrella drizzle monsoon',
  storm: 'storm stormy lightning thunder tempest hurricane',
  fog: 'fog foggy mist misty haze hazy smoke',
  clouds: 'cloud cloudy overcast',
  stars: 'star starry galaxy constellation space',
  rainbow: 'rainbow',
  moon: 'moon moonlight moonlit',
  sun: 'sun sunny sunshine',
});

const colours = wordTable<string>({
  '#d8443c': 'red',
  '#b3203a': 'crimson ruby rose',
  '#d9342b': 'scarlet',
  '#f08a34': 'orange goldfish',
  '#f3c33c': 'yellow sunflower',
  '#e5b13d': 'gold golden',
  '#4f9d5d': 'green',
  '#1f9d6b': 'emerald',
  '#9ccc3c': 'lime',
  '#1f9a9a': 'teal',
  '#35b8b0': 'turquoise',
  '#3cc4dc': 'cyan',
  '#3f78c9': 'blue',
  '#2b3f7a': 'navy sapphire',
  '#7d4fb3': 'purple',
  '#8a5cc7': 'violet',
  '#c93f9a': 'magenta',
  '#ef8fb2': 'pink tulip lotus',
  '#8a5a3c': 'brown',
  '#f4f1ea': 'white',
  '#b9c2cc': 'silver',
  '#8d96a3': 'grey gray',
  '#2c2f3a': 'black',
  '#b8734a': 'copper',
});

/** Where a subject may stand when the prompt does not say: only what is no creature of the land goes to sea. */
function placesFor(subject: SubjectName | undefined): readonly [Place, ...Place[]] {
  if (subject === 'lighthouse') return ['sea'];
  if (subject === 'rocket' || subject === 'planet') return ['space', 'desert', 'space'];
  const land = ['hills', 'forest', 'mountains', 'hills'] as const;
  const anywhere = subject === undefined || subject === 'balloon' || subject === 'lattice';
  return anywhere ? [...land, 'sea', 'desert'] : land;
}

const painterWords = new Set(['paint', 'painting', 'painter', 'easel', 'drawing', 'artist']);

/** The words of a prompt, lower case, plurals by their singular as well. */
function wordsOf(prompt: string): string[] {
  const words = prompt.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.flatMap((word) => {
    if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`];
    if (word.endsWith('ves')) return [word, word.slice(0, -1), `${word.slice(0, -3)}f`];
    if (word.endsWith('es')) return [word, word.slice(0, -1), word.slice(0, -2)];
    return word.endsWith('s') ? [word, word.slice(0, -1)] : [word];
  });
}

export function readScene(prompt: string, random: Random): Scene {
  const words = wordsOf(prompt);
  const first = <T>(table: ReadonlyMap<string, T>): T | undefined =>
    words.map((word) => table.get(word)).find((it) => it !== undefined);
  const subject = first(subjectWords);
  const season = first(seasons) ?? random.pick(['spring', 'summer', 'summer', 'autumn'] as const);
  const place = first(places) ?? random.pick(placesFor(subject));
  const time =
    first(times) ?? random.pick(['day', 'sunset', 'dawn', 'day', 'sunset', 'night'] as const);
  const weather = new Set(words.map((word) => weathers.get(word)).filter((it) => it !== undefined));
  return {
    time: place === 'space' ? 'night' : time,
    season,
    place,
    weather,
    subject,
    colour: first(colours),
    easel: words.some((word) => painterWords.has(word)),
  };
}
