import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { startClaid } from '../../src/playground/claid/claid.ts';
import type { Claid } from '../../src/playground/claid/claid.ts';
import type { ClaidSettings } from '../../src/playground/claid/settings.ts';
import type { Discord, Person } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';

/** What the bot uploads is not looked at again, so that little of it is kept. */
const keptFileBytes = 32 * 1024 * 1024;

/** Somebody who can use the bot, and where. */
export interface Member {
  readonly person: Person;
  readonly guild: string;
}

/** The two stand-ins, a folder, and what a bot must be told to find them. */
export interface StandIns {
  readonly discord: Discord;
  readonly claid: Claid;
  /** One list for each guild. */
  readonly guilds: readonly (readonly Member[])[];
  /** All members, so that neighbours in the list are of different guilds. */
  readonly members: readonly Member[];
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Ends both and removes the folder. */
  close(): Promise<void>;
}

export interface StandInsOptions {
  readonly claid: Partial<ClaidSettings>;
  readonly guilds: number;
  readonly membersPerGuild: number;
}

export async function startStandIns(options: StandInsOptions): Promise<StandIns> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-bench-'));
  const removeFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', removeFolder);
  const discord = await startDiscord({ clock: systemClock, rateLimits: false, keptFileBytes });
  const claid = await startClaid({ clock: systemClock, ...options.claid });
  const guilds = Array.from({ length: options.guilds }, (_, index): Member[] => {
    const guild = `guild ${index + 1}`;
    const control = discord.addGuild(guild);
    return Array.from({ length: options.membersPerGuild }, (__, number) => ({
      person: control.addMember(`member ${number + 1} of ${guild}`),
      guild,
    }));
  });
  return {
    discord,
    claid,
    guilds,
    members: Array.from({ length: options.membersPerGuild }, (_, number) =>
      guilds.flatMap((members) => members[number] ?? []),
    ).flat(),
    folder,
    settings: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      CLAID_API_KEY: claid.key,
      CLAID_API_URL: claid.apiUrl,
      DATABASE_URL: `file:${join(folder, 'easel.db')}`,
      PICTURES_FOLDER: join(folder, 'pictures'),
      MEMBER_CREDITS_PER_DAY: 'unlimited',
      GUILD_CREDITS_PER_DAY: 'unlimited',
      BOT_CREDITS_PER_DAY: 'unlimited',
      LOG_LEVEL: 'error',
    },
    async close() {
      await Promise.all([discord.close(), claid.close()]);
      process.off('exit', removeFolder);
      removeFolder();
    },
  };
}
