import type { WordRule } from './rule.ts';

/** Why a rule on words cannot be used. Each has its one wording in `messages/`. */
export type WordRuleProblem =
  /** Code points. */
  | {
      readonly kind: 'too-long';
      readonly of: WordRule['kind'];
      readonly length: number;
      readonly most: number;
    }
  /** It has no letter and no digit. */
  | { readonly kind: 'nothing-to-hit' }
  /** Written out: one character may stand for a whole phrase, in Arabic for one. */
  | { readonly kind: 'too-many-letters'; readonly most: number }
  | { readonly kind: PatternProblem };

/** What is wrong with a pattern. */
export type PatternProblem =
  | 'empty'
  /** Its repeats add up to too many steps. */
  | 'too-large'
  /** It nests or repeats more than can be read. */
  | 'too-deep'
  /** With the patterns that are there already. */
  | 'too-large-together'
  /** It also fits where there is nothing, so it would hit every prompt. */
  | 'hits-nothing'
  /** What a linear-time engine cannot do, or does not know. */
  | 'looks-around'
  | 'refers-back'
  | 'possessive'
  | 'unknown-group'
  | 'escaped-number'
  | 'open-bracket'
  | 'open-parenthesis'
  | 'closed-parenthesis'
  | 'nothing-to-repeat'
  | 'repeats-twice'
  | 'repeat-count'
  | 'range'
  | 'trailing-backslash'
  | 'unknown-escape'
  | 'group-names'
  | 'unreadable';
