import { startBot } from './bot-process.ts';
import type { BotKind, BotProcess } from './bot-process.ts';
import { createDriver } from './driver.ts';
import type { Driver } from './driver.ts';
import { startStandIns } from './standins.ts';
import type { StandIns, StandInsOptions } from './standins.ts';

/** A bot that serves commands, between its stand-ins. */
export interface Stage {
  readonly standIns: StandIns;
  readonly driver: Driver;
  readonly bot: BotProcess;
  /** What the bot was found to do wrong, as sentences. */
  readonly problems: () => string[];
}

export interface StageOptions {
  readonly kind: BotKind;
  readonly standIns: StandInsOptions;
  readonly settings: Readonly<Record<string, string>>;
  /** The only core that the bot may use; any where it is `undefined`. */
  readonly core: number | undefined;
  /** How long a job's pictures are waited for. */
  readonly giveUpAfterMs: number;
}

/**
 * Starts stand-ins and bot, and ends and removes all of it afterwards, whatever happens.
 *
 * @param use rejects the whole when the bot's process ends meanwhile
 */
export async function withBot<T>(
  options: StageOptions,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const standIns = await startStandIns(options.standIns);
  const { discord, folder } = standIns;
  const driver = createDriver(discord, options.giveUpAfterMs);
  const bot = startBot(options.kind, {
    settings: { ...standIns.settings, ...options.settings },
    folder,
    core: options.core,
  });
  const problems = (): string[] => [
    ...new Set(
      discord.violations.map(({ operation, path, problem }) => `${operation} ${path}: ${problem}`),
    ),
  ];
  try {
    await Promise.race([bot.lives, discord.ready('imagine')]);
    return await Promise.race([bot.lives, use({ standIns, driver, bot, problems })]);
  } finally {
    driver.close();
    await bot.stop();
    await standIns.close();
  }
}
