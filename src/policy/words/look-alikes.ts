import { foldCase } from './fold.ts';

/** Alphabets whose letters can be taken for one another. */
export type Alphabet = 'latin' | 'cyrillic' | 'greek' | 'armenian' | 'cherokee' | 'lisu';

/** The Latin letters that this letter (bare, case folded) may be taken for; itself where there is none. */
export function takenFor(letter: string): readonly string[] {
  return table.get(letter) ?? [letter];
}

/** Whether a letter of another alphabet can be taken for a Latin one even among its own. */
export function isTwin(letter: string): boolean {
  return twinTable.has(letter);
}

/** Which of these alphabets a letter is of. */
export function alphabetOf(letter: string): Alphabet | undefined {
  if (letter <= '\u{7f}') return 'latin';
  return alphabets.find(([, pattern]) => pattern.test(letter))?.[0];
}

const alphabets: readonly [Alphabet, RegExp][] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['cherokee', /\p{Script=Cherokee}/u],
  ['lisu', /\p{Script=Lisu}/u],
];

// The principle: a letter stands here when in one of its cases, in an upright sans-serif, it has the
// outline of a Latin letter in either case, so that a reader in a hurry takes one for the other. What
// only recalls a letter by being turned around (я, и) does not. Capitals and small letters may look
// like different ones, and since case is folded, both count. First the twins, whose small letters too
// are alike; the capitals of Cherokee and Lisu are all that is in use of them.
const twins = [
  'аa еe кk оo рp сc уyu хx іi јj ѕs һh ԁd ԛq ԝw ӏil үy ѵv',
  'αa ιi κk νvn οo ρp υuy χx ϲc ϳj',
  'օo սu հh ոn ցg զq յj',
  'Ꭰd Ꭱr Ꭲt Ꭵi Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮐg Ꮓz Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮶk Ᏼb',
  'ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲil ꓳo ꓴu',
];
const others = ['вb гr мm нh пn тt шw ьb ұy ѡw', 'βb γy εe ζz ηnh μum σo τt ωw', 'լl տs'];

const table = tableOf([...twins, ...others]);
const twinTable = tableOf(twins);

/** Each a letter and then the Latin ones. */
function tableOf(rows: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    rows
      .flatMap((row) => row.split(' '))
      .map(([letter = '', ...latin]) => [foldCase(letter), latin]),
  );
}
