import type { RuleChange } from '../domain/rule-change.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import { cut } from './cut.ts';
import type { Texts } from './texts.ts';

/** Discord takes 4000 characters in all; some are left for the note. */
const maxUnits = 3500;

/** The confirmation of a change, with the old and the new value; `note` says what follows from it, if anything. */
export function changedBody(texts: Texts, change: RuleChange, note = ''): Body {
  const changed = cut(texts.change(change), maxUnits);
  return textBody(note === '' ? changed : `${changed}\n-# ${note}`);
}
