/**
 * Whether nobody sees the character: zero-width and other default-ignorable characters, variation
 * selectors, tags, controls of direction, and control characters that are no white space.
 */
export function isInvisible(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return false;
  return invisible.test(character);
}

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?=\p{Cc})\S/u;

/**
 * The bare form of one visible character, in its case: no accents, no full width, circles or
 * mathematical letters, no strokes through a letter, no small capitals. It may be several characters
 * (a ligature), or none (an accent on its own). Marks that change the word, as in Indic scripts, Thai
 * and the voiced kana, stay.
 */
export function bare(character: string): string {
  if (character <= '\u{7f}' || madeOfLetters.has(character))
    return character <= '\u{7f}' ? character : ' ';
  const inBox = boxedLetter(character);
  if (inBox) return inBox;
  let text = '';
  for (const part of character.normalize('NFKD')) text += isAccent(part) ? '' : oneLetter(part);
  return text;
}

/** The same letter in either case, in full: ß is ss, the Turkish dotless i is i. */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}

/** Whether it belongs to the letter before it: an accent, a vowel sign, a voicing mark. */
export function isMark(character: string): boolean {
  return character > '\u{7f}' && mark.test(character);
}

const mark = /\p{M}/u;

/** What an accent may be left out from, with the word still the same: also Arabic and Hebrew points. */
function isAccent(character: string): boolean {
  return (
    (mark.test(character) && accent.test(character) && !voicing.test(character)) || // prettier-ignore
    character === tatweel
  );
}

const accent =
  /[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}\p{Script=Syriac}]/u;
const voicing = /[\u3099\u309a]/u;
const tatweel = '\u0640';

/** Signs that compatibility forms would make letters of, at the end of a word. */
const madeOfLetters: ReadonlySet<string> = new Set(['™', '℠']);

/** White letters on black circles and squares; Unicode gives no letter for them. */
function boxedLetter(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  for (const first of [0x1f150, 0x1f170])
    if (code >= first && code < first + 26) return String.fromCharCode(0x41 + code - first);
  return undefined;
}

function oneLetter(character: string): string {
  const known = variants.get(character);
  if (known !== undefined) return known;
  const lower = character.toLowerCase();
  return lower === character ? character : (variants.get(lower)?.toUpperCase() ?? character);
}

/**
 * A letter's variants that are no compatibility forms: with a stroke or a hook, small capitals,
 * phonetic letters in the same shape; then what Arabic and Persian keyboards write differently.
 */
const variants: ReadonlyMap<string, string> = new Map(
  [
    'aɑᴀⱥ bʙɓƀ cᴄȼƈ dᴅđðɗɖ eᴇɛəɇ fꜰƒ gɡɢɠǥ hʜħɦ iıɪɨɩ jᴊɉȷ',
    'kᴋƙ lʟłɫƚ mᴍɱ nɴŋɲƞ oᴏøɵɔ pᴘƥ qʠ rʀɍɾ sꜱʂ tᴛŧƭⱦ',
    'uᴜʉʊ vᴠʋ wᴡⱳ yʏɏƴ zᴢƶȥ يیى كک هہھە',
  ]
    .flatMap((row) => row.split(' '))
    .flatMap(([letter = '', ...others]) => others.map((other): [string, string] => [other, letter]))
    .concat([
      ['æ', 'ae'],
      ['œ', 'oe'],
    ]),
);
