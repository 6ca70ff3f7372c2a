import type { Discord } from '../discord/control.ts';
import type { Reader } from './markdown.ts';
import type { Moments } from './moment.ts';

/** Who is in the stand-in Discord from the start, and on which server. */
export const people: ReadonlyMap<string, string> = new Map([
  ['alice', 'Playground'],
  ['bob', 'Playground'],
  ['mod', 'Playground'],
  ['owner', 'Playground'],
  ['carol', 'Elsewhere'],
]);

/** Reads texts with the names that the stand-in Discord knows. */
export function readerOn(discord: Discord, moments: Moments): Reader {
  return {
    moments,
    nameOf(id) {
      const person = [...people.keys()].find((name) => discord.as(name).id === id);
      if (person !== undefined) return person;
      return discord.guilds
        .flatMap((guild) => guild.channels.map((name) => ({ name, id: guild.channelId(name) })))
        .find((channel) => channel.id === id)?.name;
    },
  };
}
