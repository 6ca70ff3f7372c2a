/** The shapes of one letter; those that join to the next one exist for dual-joining letters only. */
interface Forms {
  readonly isolated: string;
  readonly final: string | undefined;
  readonly initial: string | undefined;
  readonly medial: string | undefined;
}

/**
 * Replaces Arabic letters by the presentation form that their neighbours ask for, since the font is
 * used without its own substitutions. Lam with alef becomes one shape.
 */
export function joinArabic(text: string): string {
  if (!/\p{Script=Arabic}/u.test(text)) return text;
  const { letters, ligatures } = presentationForms();
  const characters = Array.from(
    text.replaceAll(/\u0644[\u0622\u0623\u0625\u0627]/gu, (pair) => ligatures.get(pair) ?? pair),
  );
  const formsAt = (index: number): Forms | undefined => letters.get(characters[index] ?? '');
  return characters
    .map((character, index) => {
      const forms = formsAt(index);
      if (forms === undefined) return character;
      const joinsBefore = formsAt(index - 1)?.initial !== undefined && forms.final !== undefined;
      const joinsAfter = formsAt(index + 1)?.final !== undefined && forms.initial !== undefined;
      if (joinsBefore && joinsAfter) return forms.medial ?? character;
      if (joinsBefore) return forms.final ?? character;
      return joinsAfter ? (forms.initial ?? character) : forms.isolated;
    })
    .join('');
}

/**
 * Unicode lists the forms of each letter next to each other (isolated, final and, for some, initial,
 * medial), and its compatibility mapping leads from each to the letter.
 */
function presentationForms(): {
  readonly letters: ReadonlyMap<string, Forms>;
  readonly ligatures: ReadonlyMap<string, string>;
} {
  const letters = new Map<string, Forms>();
  const ligatures = new Map<string, string>();
  for (const [first, last] of [
    [0xfe80, 0xfefc],
    [0xfb50, 0xfbff],
  ] as const) {
    const found = new Map<string, string[]>();
    for (let code = first; code <= last; code += 1) {
      const form = String.fromCodePoint(code);
      const letter = form.normalize('NFKC');
      if (letter !== form) found.set(letter, [...(found.get(letter) ?? []), form]);
    }
    for (const [letter, [isolated, final, initial, medial]] of found) {
      if (isolated === undefined || letters.has(letter)) continue;
      // A ligature joins to what stands before it like a letter of its own, under its isolated shape.
      if (letter.length > 1) ligatures.set(letter, isolated);
      letters.set(letter.length > 1 ? isolated : letter, { isolated, final, initial, medial });
    }
  }
  return { letters, ligatures };
}
