import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { destination } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { readCustomId } from './messages/custom-id.ts';
import { en } from './messages/en.ts';
import { startClaid } from './playground/claid/claid.ts';
import { createShiftedClock } from './playground/clock.ts';
import type { SeenMessage } from './playground/discord/control.ts';
import { startDiscord } from './playground/discord/discord.ts';
import { readArguments, UsageError, usage } from './playground/terminal/arguments.ts';
import type { Play } from './playground/terminal/arguments.ts';
import { runLive } from './playground/terminal/live.ts';
import { runOnce } from './playground/terminal/once.ts';
import { plainInk } from './playground/terminal/print-message.ts';
import type { Ink } from './playground/terminal/print-message.ts';
import { runScript } from './playground/terminal/script.ts';
import type { Stage } from './playground/terminal/stage.ts';
import { StartError } from './start-error.ts';
import { start } from './start.ts';

const outFolder = 'out';
/** Long enough to see that something is being made. */
const claidTakesMs = { once: 1_200, live: 3_000, script: 20 } as const;

/** The real bot between the two stand-ins, with a store and pictures of its own that go at the end. */
async function openStage(kind: 'once' | 'live' | 'script', logFile: string): Promise<Stage> {
  const clock = createShiftedClock();
  const folder = await mkdtemp(join(tmpdir(), 'easel-playground-'));
  const discord = await startDiscord({ clock });
  const claid = await startClaid({
    clock,
    latencyMs: claidTakesMs[kind],
    // A script shows what is said and done, not how it looks or how fast it may go.
    ...(kind === 'script' ? ({ pictures: 'small', windows: 'off' } as const) : {}),
  });
  const config = readConfig({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ALLOWED_GUILDS: discord.guilds.map(({ id }) => id).join(),
    OPERATOR_CHANNEL_ID: discord.guild().addChannel({ name: 'operator' }),
    CLAID_API_KEY: claid.key,
    CLAID_API_URL: claid.apiUrl,
    CLAID_CREDITS: '5000',
    ...(kind === 'script' ? { CLAID_RATE_LIMITS: '1000;w=1' } : {}),
    DATABASE_URL: `file:${join(folder, 'easel.db')}`,
    PICTURES_FOLDER: join(folder, 'pictures'),
  });
  const log = createLog({
    level: 'info',
    secrets: [config.DISCORD_TOKEN, config.CLAID_API_KEY],
    destination: destination({ dest: logFile, sync: true, append: false }),
  });
  const begin = (): ReturnType<typeof start> => start(config, clock, log);
  const closeRest = async (): Promise<void> => {
    await Promise.all([discord.close(), claid.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  let running = begin();
  await running.catch(async (error: unknown) => {
    await closeRest();
    throw error;
  });
  return {
    clock,
    discord,
    claid,
    isProgress,
    async restart() {
      running = running.then((bot) => bot.stop()).then(begin);
      await running;
    },
    async close() {
      await running.then((bot) => bot.stop());
      await closeRest();
    },
  };
}

/** The bot's own words and buttons tell what it will still change. */
function isProgress({ text, buttons }: SeenMessage): boolean {
  return (
    text.startsWith(en.progress.running) ||
    text === en.refusedAfterwards ||
    buttons.some(({ customId }) => readCustomId(customId ?? '')?.action === 'cancel')
  );
}

async function play(wanted: Exclude<Play, { kind: 'help' }>): Promise<number> {
  const { stdin, stdout } = process;
  const ink: Ink = stdout.isTTY
    ? {
        strong: (text) => styleText('bold', text),
        faint: (text) => styleText('dim', text),
        accent: (text) => styleText('cyan', text),
      }
    : plainInk;
  const write = (text: string): void => void stdout.write(`${text}\n`);
  await mkdir(outFolder, { recursive: true });
  const logFile = join(outFolder, 'bot.log');
  const open = (): Promise<Stage> => openStage(wanted.kind, logFile);
  switch (wanted.kind) {
    case 'once':
      return runOnce(open, wanted, { write, ink, outFolder });
    case 'script':
      return runScript(open, wanted.file, write);
    case 'live':
      return runLive(open, { stdin, stdout, ink, outFolder, logFile });
  }
}

const exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${describe(error)}\n`);
  return 1;
});
// The bot's stop leaves a timer behind, which would keep the process for 20 s more.
process.stdout.write('', () => process.exit(exitCode));

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.kind !== 'help') return play(wanted);
  process.stdout.write(`${usage}\n`);
  return 0;
}

/** What can be mended is said in a sentence; only bugs show a stack. */
function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof StartError || error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
