import type { PatternProblem, WordRuleProblem } from '../domain/word-rule-problem.ts';

/** Why a rule on words cannot be used, as a sentence, and one that could be. */
export interface WordProblemText {
  readonly why: string;
  readonly example: string;
}

/** Why a rule on words cannot be used, in English. */
export function wordProblemText(problem: WordRuleProblem): WordProblemText {
  switch (problem.kind) {
    case 'too-long':
      return {
        why: `It has ${problem.length.toLocaleString('en')} characters; at most ${problem.most} are allowed.`,
        example: problem.of === 'words' ? words : pattern,
      };
    case 'nothing-to-hit':
      return { why: 'It has no letter and no digit, so nothing could hit it.', example: words };
    case 'too-many-letters':
      return { why: `Written out it has more than ${problem.most} letters.`, example: words };
    default:
      return patterns[problem.kind];
  }
}

const words = 'red panda';
const pattern = '\\bred (panda|fox)s?\\b';

const patterns: Readonly<Record<PatternProblem, WordProblemText>> = {
  empty: { why: 'It is empty, so it would hit everything.', example: pattern },
  'too-large': {
    why: 'It is too large: its repeats add up to too many steps. Use smaller numbers in { }.',
    example: 'red.{0,20}panda',
  },
  'too-deep': {
    why: 'It is too large: too much repeats or nests in it.',
    example: 'red.{0,20}panda',
  },
  'too-large-together': {
    why: 'All patterns together would be too large. Remove some, or make rules of words of them.',
    example: words,
  },
  'hits-nothing': {
    why: 'It also fits where there is nothing, so it would hit every prompt.',
    example: 'pandas?',
  },
  'looks-around': {
    why: 'It looks ahead or behind, with (?= (?! (?<= or (?<!, which patterns here cannot do, so that none can slow the bot down. Name what is there instead.',
    example: '\\bred panda\\b',
  },
  'refers-back': {
    why: 'It refers back to a group, as \\1 does, which patterns here cannot do, so that none can slow the bot down. Write that part out again.',
    example: '(ha ha|ho ho)',
  },
  possessive: {
    why: 'It has ++, *+, ?+ or (?>, which other engines need to be quick. This one is quick without; a plain + or * does.',
    example: 'pandas+',
  },
  'unknown-group': {
    why: 'It has a condition, a comment or free spacing within (? ), which patterns here do not know.',
    example: pattern,
  },
  'escaped-number': {
    why: 'A character by its number is written \\x{e9} here.',
    example: 'caf\\x{e9}',
  },
  'open-bracket': { why: 'A [ has no ] that closes it.', example: '[aeiou]' },
  'open-parenthesis': { why: 'A ( has no ) that closes it.', example: pattern },
  'closed-parenthesis': {
    why: 'A ) has no ( that opens it. A bracket itself is \\).',
    example: pattern,
  },
  'nothing-to-repeat': {
    why: 'There is nothing before a *, + or ? that it could repeat.',
    example: 'pandas?',
  },
  'repeats-twice': { why: 'Two repeats follow each other.', example: 'pandas+' },
  'repeat-count': {
    why: 'A repeat in { } goes from less to more, up to 1000 in all.',
    example: 'a{2,5}',
  },
  range: {
    why: 'A range goes from the lower character to the higher, and \\p{ } needs a name that Unicode knows.',
    example: '[a-z0-9]',
  },
  'trailing-backslash': {
    why: 'Nothing follows the \\ at the end. A \\ itself is \\\\.',
    example: pattern,
  },
  'unknown-escape': {
    why: 'It has a \\ before a letter that means nothing here.',
    example: pattern,
  },
  'group-names': {
    why: 'The names of its groups cannot be used. Groups need none.',
    example: pattern,
  },
  unreadable: { why: 'It cannot be read as a pattern.', example: pattern },
};
