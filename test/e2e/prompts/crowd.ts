import type { Discord, Person } from '../../../src/playground/discord/control.ts';

/** Somebody in a guild of their own choice. */
export interface Seat {
  readonly person: Person;
  readonly guild: string;
}

/** So many new guilds with so many new members each; neighbours in the list are of different guilds. */
export function crowd(discord: Discord, guilds: number, membersEach: number): Seat[] {
  const names = Array.from({ length: guilds }, (_, index) => `Guild ${index + 1}`);
  for (const name of names) discord.addGuild(name);
  return Array.from({ length: membersEach }, (_, member) =>
    names.map((guild, index) => ({
      guild,
      person: discord.guild(guild).addMember(`member-${index + 1}-${member + 1}`),
    })),
  ).flat();
}

/** Everybody takes one thing after the other from the list, until nothing is left. */
export async function share<T>(
  seats: readonly Seat[],
  things: readonly T[],
  use: (seat: Seat, thing: T) => Promise<void>,
): Promise<void> {
  const left = things.values();
  await Promise.all(
    seats.map(async (seat) => {
      for (const thing of left) await use(seat, thing);
    }),
  );
}
