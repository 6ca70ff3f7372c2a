import { en } from './en.ts';

export type Texts = typeof en;

/** The dictionary for a Discord locale. English is the only one so far and serves all. */
export function textsFor(_locale: string): Texts {
  return en;
}
