import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { destination } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { secretsOf } from './config-secrets.ts';
import { mostTogether } from './domain/generation.ts';
import { createLog } from './log.ts';
import { readCustomId } from './messages/custom-id.ts';
import { en } from './messages/en.ts';
import { createShiftedClock } from './playground/clock.ts';
import type { SeenMessage } from './playground/discord/control.ts';
import { startDiscord } from './playground/discord/discord.ts';
import { startStandIn } from './playground/stand-ins.ts';
import type { AnyStandIn, StandInName } from './playground/stand-ins.ts';
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
const picturesTakeMs = { once: 1_200, live: 3_000, script: 20 } as const;

/** What the accounts have of which the API or the operator tells. */
const accountCredits = 5_000;

/** So that prices can be seen to differ. */
const prices = 'kidjig=2, openai=3';

/** A script shows what is said and done, not how it looks or how fast it may go. */
const inScripts = { pictures: 'small', windows: 'off' } as const;
const quickPace = {
  CLAID_RATE_LIMITS: '1000;w=1',
  STABLECOG_RATE_LIMITS: '1000;w=1',
};

type Wanted = Exclude<Play, { readonly kind: 'help' }>;

/** The real bot between stand-ins, with a store and pictures of its own that go at the end. */
async function openStage({ kind, providers, server }: Wanted, logFile: string): Promise<Stage> {
  const clock = createShiftedClock();
  const folder = await mkdtemp(join(tmpdir(), 'easel-playground-'));
  const discord = await startDiscord({ clock });
  const standIns = new Map<StandInName, AnyStandIn>();
  const addresses: Record<string, string> = {};
  for (const name of providers) {
    const started = await startStandIn(name, {
      clock,
      latencyMs: picturesTakeMs[kind],
      ...(kind === 'script' ? inScripts : {}),
      ...(name === 'openai' ? { server } : {}),
      ...(name === 'stablecog' ? { credits: accountCredits } : {}),
    });
    standIns.set(name, started.standIn);
    Object.assign(addresses, started.settings);
  }
  const config = readConfig({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ALLOWED_GUILDS: discord.guilds.map(({ id }) => id).join(),
    OPERATOR_CHANNEL_ID: discord.guild().addChannel({ name: 'operator' }),
    ...addresses,
    ...(kind === 'script' ? quickPace : {}),
    CLAID_CREDITS: String(accountCredits),
    DEFAULT_PROVIDER: providers[0],
    PRICES: prices,
    DATABASE_URL: `file:${join(folder, 'easel.db')}`,
    PICTURES_FOLDER: join(folder, 'pictures'),
  });
  const log = createLog({
    level: 'info',
    secrets: secretsOf(config),
    destination: destination({ dest: logFile, sync: true, append: false }),
  });
  const begin = (): ReturnType<typeof start> => start(config, clock, log);
  const closeRest = async (): Promise<void> => {
    await Promise.all([discord, ...standIns.values()].map((each) => each.close()));
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
    standIns,
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
  const making = [
    en.progress.running,
    ...Array.from({ length: mostTogether }, (_, index) => en.progress.comparing(index + 1)),
  ];
  return (
    making.some((words) => text.startsWith(words)) ||
    text === en.refusedAfterwards ||
    buttons.some(({ customId }) => readCustomId(customId ?? '')?.action === 'cancel')
  );
}

async function play(wanted: Wanted): Promise<number> {
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
  const open = (): Promise<Stage> => openStage(wanted, logFile);
  switch (wanted.kind) {
    case 'once':
      return runOnce(open, wanted, { write, ink, outFolder });
    case 'script':
      return runScript(open, wanted.file, write);
    case 'live':
      return runLive(open, {
        stdin,
        stdout,
        ink,
        outFolder,
        logFile,
        providers: wanted.providers,
      });
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
