import type { Discord } from '../discord/control.ts';
import type { Reader } from './markdown.ts';
import type { Moments } from './moment.ts';

/** Who is in the stand-in Discord from the start, and on which server. */
export const people: ReadonlyMap<string, string> = new Map([
  ['alice', 'Playground'],
  ['bob', 'Playground'],
  ['dave', 'Playground'],
  ['erin', 'Playground'],
  ['mod', 'Playground'],
  ['owner', 'Playground'],
  ['carol', 'Elsewhere'],
]);

/** Reads texts with the names that the stand-in Discord knows. */
export function readerOn(discord: Discord, moments: Moments): Reader {
  return {
    moments,
    // The role of everyone has the sign of a mention in its name.
    nameOf: (id) => discord.nameOf(id)?.replace(/^@/, ''),
  };
}
