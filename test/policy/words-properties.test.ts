import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { createWords } from '../../src/policy/words.ts';

const words = createWords();

function found(text: string, prompt: string): string | undefined {
  return words.hits([{ id: 'w1', kind: 'words', text, dryRun: false }], prompt).enforced[0]?.found;
}

// Few letters, so that much hits; among them such as have several readings, and all kinds of gaps.
const letters = 'abilsеоßéıЖ';
const rules = fc
  .array(fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((parts) => parts.join(' '));
const filling = fc.string({
  unit: fc.constantFrom(...Array.from(`${letters}015$@!|- .,’_*色`), '\u0301', '🍆', '\n'),
  maxLength: 12,
});
const invisible = fc.constantFrom(
  '\u200b',
  '\u200d',
  '\u00ad',
  '\ufeff',
  '\u202e',
  '\ufe0f',
  '\u{e0061}',
);

/** A rule and a prompt that it hits often: the rule's own text, disguised, among other things. */
const cases = fc
  .record({
    rule: rules,
    before: filling,
    after: filling,
    glue: fc.constantFrom('', ' ', ', '),
    how: fc.nat(5),
  })
  .map(({ rule, before, after, glue, how }) => ({
    rule,
    prompt: `${before}${glue}${disguise(rule, how)}${glue}${after}`,
  }));

function disguise(rule: string, how: number): string {
  if (how === 0) return rule.replaceAll('s', '$').replaceAll('a', '@');
  if (how === 1) return rule.replaceAll('i', '1').replaceAll('b', '8');
  if (how === 2) return Array.from(rule.replaceAll(' ', '')).join(' ');
  if (how === 3) return Array.from(rule.replaceAll(' ', '')).join('-');
  if (how === 4) return rule.replaceAll('a', 'а').replaceAll('o', 'о');
  return rule;
}

/** Changes the prompt, each character by the next number. */
function changed(
  prompt: string,
  numbers: readonly number[],
  change: (character: string, by: number) => string,
): string {
  return Array.from(prompt, (character, at) =>
    change(character, numbers[at % numbers.length] ?? 0),
  ).join('');
}

const numbers = fc.array(fc.nat(3), { minLength: 1, maxLength: 20 });

describe('whatever the rule and the prompt', () => {
  it('what is found is a part of the prompt, and not empty', () => {
    fc.assert(
      fc.property(cases, ({ rule, prompt }) => {
        const part = found(rule, prompt);
        return part === undefined || (part !== '' && prompt.includes(part));
      }),
    );
  });

  it('a rule hits its own text', () => {
    fc.assert(fc.property(rules, (rule) => found(rule, `, ${rule} .`) !== undefined));
  });

  it('characters that nobody sees do not turn a hit into a miss', () => {
    fc.assert(
      fc.property(cases, numbers, invisible, ({ rule, prompt }, by, hidden) => {
        fc.pre(found(rule, prompt) !== undefined);
        const other = changed(prompt, by, (character, number) => character + hidden.repeat(number));
        return found(rule, other) !== undefined;
      }),
    );
  });

  it('another case does not turn a hit into a miss', () => {
    fc.assert(
      fc.property(cases, numbers, ({ rule, prompt }, by) => {
        fc.pre(found(rule, prompt) !== undefined);
        const other = changed(prompt, by, (character, number) =>
          number % 2 === 0 ? character.toUpperCase() : character.toLowerCase(),
        );
        return found(rule, other) !== undefined;
      }),
    );
  });

  it('letters that are repeated do not turn a hit into a miss', () => {
    fc.assert(
      fc.property(cases, numbers, ({ rule, prompt }, by) => {
        fc.pre(found(rule, prompt) !== undefined);
        const other = changed(prompt, by, (character, number) =>
          /\p{Script=Latin}|\p{Script=Cyrillic}/u.test(character)
            ? character.repeat(1 + number)
            : character,
        );
        return found(rule, other) !== undefined;
      }),
    );
  });

  it('any text at all is answered, as a rule and as a prompt', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (rule, prompt) => {
          const part = found(rule, prompt + rule);
          words.problem({ kind: 'pattern', text: rule });
          return part === undefined || (prompt + rule).includes(part);
        },
      ),
    );
  });
});

describe('prompts that are made to be slow', () => {
  const slow = [
    '1',
    'a',
    'i!',
    'a!',
    '@$!|',
    '- ',
    'a ',
    'i-',
    '\ufdfa',
    'Аa',
    '色',
    'ก',
    '\u0301',
  ].map((part) => part.repeat(Math.ceil(1024 / part.length)).slice(0, 1024));
  const many = Array.from({ length: 300 }, (_, index) => ({
    id: `w${index}`,
    kind: 'words' as const,
    text: Array.from({ length: 100 }, (__, at) => 'ila'[(index >> (at % 9)) % 3]).join(''),
    dryRun: false,
  }));

  it.each(slow)('%.8s… and so on is answered', (prompt) => {
    words.hits(many, prompt);
  });
});
