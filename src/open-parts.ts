import Bottleneck from 'bottleneck';
import type { REST } from 'discord.js';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Answers } from './discord/answers.ts';
import { createDelivery } from './discord/delivery.ts';
import { createGuildLog } from './discord/guild-log.ts';
import { createOperator } from './discord/operator.ts';
import type { Provider } from './domain/provider.ts';
import type { Store } from './domain/store.ts';
import { createClosedAccounts } from './generation/closed-accounts.ts';
import { createActive } from './generation/active.ts';
import { createEstimates } from './generation/estimates.ts';
import type { Parts } from './generation/parts.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPace } from './pace/pace.ts';
import { createPictures } from './pictures/pictures.ts';
import { createWords } from './policy/words.ts';
import { checkKey } from './providers/check-key.ts';
import { createClaid } from './providers/claid.ts';
import { StartError } from './start-error.ts';
import { openStore } from './storage/open.ts';
import type { SqliteThread } from './storage/sqlite-thread.ts';
import { createSettings } from './storage/settings.ts';

const megabyte = 1024 * 1024;
/** The disk keeps at least this much free, for the store. */
const minFreeBytes = 128 * megabyte;
const maxPictureBytes = 25 * megabyte;

/** What is undone, in reverse order, when the bot stops or cannot start. */
export type Opened = (() => Promise<unknown>)[];

/** Opens the adapters and gathers what the pipeline works with. */
export async function openParts(
  config: Config,
  clock: Clock,
  log: Log,
  opened: Opened,
  discord: { readonly rest: REST; readonly answers: Answers },
  storeThread: SqliteThread | undefined,
): Promise<{ readonly parts: Parts; readonly provider: Provider }> {
  const metrics = createMetrics();
  const store = await openStore({
    url: config.DATABASE_URL,
    clock,
    thread: storeThread,
    onUnreadable: (id) => {
      log.error({ generation: id }, 'a row of the store cannot be read; it is left alone');
    },
  }).catch((error: unknown) => {
    throw new StartError(`The store cannot be opened (DATABASE_URL): ${reason(error)}`, {
      cause: error,
    });
  });
  opened.push(() => store.close());
  const provider = createClaid({
    apiKey: config.CLAID_API_KEY,
    apiUrl: config.CLAID_API_URL,
    output: config.CLAID_OUTPUT ?? undefined,
    outputUrl: config.CLAID_OUTPUT_URL ?? undefined,
    timeoutMs: config.CLAID_TIMEOUT_SECONDS * 1000,
    clock,
  });
  opened.push(() => provider.close());
  await checkKey(provider, clock, log);
  if (config.CLAID_CREDITS !== null)
    await store.noteBalance(provider.account, config.CLAID_CREDITS, clock.now());
  const pictures = await createPictures({
    folder: config.PICTURES_FOLDER,
    maxBytes: config.PICTURES_MAX_MB * megabyte,
    minFreeBytes,
    maxPictureBytes,
    clock,
    metrics,
    onUnkept: (error) => {
      log.warn({ err: error }, 'a picture is shown although it could not be kept');
    },
  }).catch((error: unknown) => {
    throw new StartError(
      `The folder for pictures cannot be used (PICTURES_FOLDER): ${reason(error)}`,
      { cause: error },
    );
  });
  opened.push(() => pictures.close());
  const pace = createPace({
    clock,
    metrics,
    guildConcurrent: config.GUILD_CONCURRENT,
    guildQueue: config.GUILD_QUEUE,
    memberConcurrent: config.MEMBER_CONCURRENT,
    memberQueue: config.MEMBER_QUEUE,
    accounts: [
      {
        account: provider.account,
        windows: config.CLAID_RATE_LIMITS,
        departures: await earlierDepartures(store, provider, config, clock),
      },
    ],
    redis:
      config.REDIS_URL === null
        ? undefined
        : {
            url: config.REDIS_URL,
            onWarning: (message, error) => {
              log.warn({ err: error }, message);
            },
          },
  });
  opened.push(() => pace.close());
  const estimates = createEstimates(config.GUILD_CONCURRENT);
  for (const tookMs of (await store.recentRunsMs(provider.name, 20)).toReversed())
    estimates.note(provider.name, tookMs);
  const { rest, answers } = discord;
  const settings = createSettings({
    store,
    clock,
    onTrouble: (error) => {
      log.warn({ err: error }, 'the settings of guilds cannot be looked after');
    },
  });
  opened.push(() => settings.close());
  const guildLog = createGuildLog({ store, settings, pictures, rest, clock, log });
  opened.push(() => guildLog.close());
  const parts: Parts = {
    store,
    settings,
    guildLog,
    words: createWords(),
    pace,
    providers: new Map([[provider.name, provider]]),
    pictures,
    delivery: createDelivery({
      rest,
      answers,
      clock,
      log,
      providerTitles: new Map([[provider.name, provider.title]]),
    }),
    operator: createOperator({ rest, clock, log, channelId: config.OPERATOR_CHANNEL_ID }),
    clock,
    log,
    metrics,
    accounts: createClosedAccounts(clock),
    active: createActive(),
    estimates,
    deliveries: new Bottleneck({ maxConcurrent: config.DELIVERIES }),
    limits: {
      caps: config.caps,
      contentRefusalsPerDay: config.CONTENT_REFUSALS_PER_DAY,
      pictureDays: config.PICTURE_DAYS,
      retentionDays: config.RETENTION_DAYS,
    },
    owner: clock.id(),
  };
  return { parts, provider };
}

function earlierDepartures(
  store: Store,
  provider: Provider,
  config: Config,
  clock: Clock,
): Promise<number[]> {
  const longestMs = Math.max(0, ...config.CLAID_RATE_LIMITS.map(({ windowMs }) => windowMs));
  return store.departures(provider.account, clock.now() - 2 * longestMs);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason';
}
