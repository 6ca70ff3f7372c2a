import { foldCase } from './words/fold.ts';

/** Whether somebody who typed the one may have meant the other: whatever the case, and the spaces around it. */
export function sameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(name: string): string {
  return foldCase(name.trim().normalize('NFC'));
}
