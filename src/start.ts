import Bottleneck from 'bottleneck';
import { Events } from 'discord.js';
import type { Client, REST } from 'discord.js';
import { commands } from '../commands/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createAnswers } from './discord/answers.ts';
import type { Answers } from './discord/answers.ts';
import { createClient } from './discord/client.ts';
import { connect, disconnect, isConnected, watch } from './discord/connect.ts';
import { createDelivery } from './discord/delivery.ts';
import { createDispatch } from './discord/dispatch.ts';
import { offerWaiting } from './discord/offer-waiting.ts';
import { createOperator } from './discord/operator.ts';
import { registerCommands, removeGuildCopies } from './discord/registration.ts';
import type { Provider } from './domain/provider.ts';
import type { Store } from './domain/store.ts';
import { createClosedAccounts } from './generation/closed-accounts.ts';
import { createActive } from './generation/active.ts';
import { createEstimates } from './generation/estimates.ts';
import { keepHouse } from './generation/housekeeping.ts';
import type { Parts } from './generation/parts.ts';
import { serveHealth } from './health.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPace } from './pace/pace.ts';
import { createPictures } from './pictures/pictures.ts';
import { checkKey } from './providers/check-key.ts';
import { createClaid } from './providers/claid.ts';
import { endsWithin } from './schedule.ts';
import { StartError } from './start-error.ts';
import { openStore } from './storage/open.ts';

/** Running work is given this long to finish when the bot stops; what takes longer is left to recovery. */
const finishWithinMs = 20_000;
/** Calls that were hung up on then are given this long to notice. */
const hangUpWithinMs = 1_000;
const megabyte = 1024 * 1024;
/** The disk keeps at least this much free, for the store. */
const minFreeBytes = 128 * megabyte;
const maxPictureBytes = 25 * megabyte;

/** A running bot. */
export interface Bot {
  /** Where health and metrics are served on 127.0.0.1; `undefined` where `HTTP_PORT` is not set. */
  readonly httpPort: number | undefined;
  /** Resolves when the gateway closed the connection for good; the bot is of no use then. */
  readonly lost: Promise<void>;
  /** Stops taking commands, finishes or gives back what is under way, and closes everything. */
  stop(): Promise<void>;
}

/** What is undone, in reverse order, when the bot stops or cannot start. */
type Opened = (() => Promise<unknown>)[];

/**
 * Builds the bot from its parts, connects it and finishes what an earlier run left behind. The one
 * place that knows every part. Resolves when commands are served.
 *
 * @throws {StartError} with what to mend; everything opened is closed again
 */
export async function start(config: Config, clock: Clock, log: Log): Promise<Bot> {
  const opened: Opened = [];
  const close = async (): Promise<void> => {
    for (const step of opened.toReversed())
      await step().catch((error: unknown) => {
        log.error({ err: error }, 'a part did not close cleanly');
      });
  };
  try {
    return await open(config, clock, log, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  config: Config,
  clock: Clock,
  log: Log,
  opened: Opened,
  close: () => Promise<void>,
): Promise<Bot> {
  if (config.ALLOWED_GUILDS.size === 0)
    log.warn('ALLOWED_GUILDS is empty: whoever invites the bot to a server spends your credits');
  const client = createClient(config.DISCORD_API_URL);
  const { rest } = client;
  const answers = createAnswers({ rest, clock, log });
  const { parts, provider } = await openParts(config, clock, log, opened, { rest, answers });
  const dispatch = createDispatch({
    commands: commands({
      parts,
      doors: { allowedGuilds: config.ALLOWED_GUILDS, blockedUsers: config.BLOCKED_USERS },
      provider,
      price: config.PRICES.get(provider.name) ?? 1,
      defaultImages: config.DEFAULT_IMAGES,
      answers,
      rest,
    }),
    answers,
    clock,
    log,
    metrics: parts.metrics,
    offerWaiting: (call, answer) => offerWaiting(parts, call, answer),
  });
  const lost = new Promise<void>((resolve) => {
    watch(client, log, resolve);
  });
  client.on(Events.InteractionCreate, (interaction) => void dispatch.take(interaction));
  opened.push(() => disconnect(client));
  await connect(client, config.DISCORD_TOKEN, clock);
  const registration = {
    rest,
    applicationId: client.application?.id ?? '',
    guildId: config.DISCORD_GUILD_ID,
    definitions: dispatch.definitions,
    log,
  };
  await registerCommands(registration);
  if (registration.guildId === null)
    void removeGuildCopies({ ...registration, guildIds: [...client.guilds.cache.keys()] });
  const health = await openHealth(config, parts, client);
  if (health) opened.push(() => health.close());
  const { housekeeping, recovered } = await keepHouse(parts);
  log.info({ guilds: client.guilds.cache.size, recovered, httpPort: health?.port }, 'ready');

  const stop = async (): Promise<void> => {
    log.info({ active: parts.active.size }, 'stopping');
    const recoveryOver = housekeeping.stopRecovering();
    dispatch.stop();
    parts.active.abortAll('stopped');
    const finished = Promise.all([recoveryOver, dispatch.idle(), parts.active.idle()]);
    if (!(await endsWithin(clock, finishWithinMs, finished))) {
      parts.active.stop();
      await endsWithin(clock, hangUpWithinMs, finished);
    }
    await housekeeping.stop();
    await close();
    log.info('stopped');
  };
  let stopped: Promise<void> | undefined;
  return { httpPort: health?.port, lost, stop: () => (stopped ??= stop()) };
}

/** Opens the adapters and gathers what the pipeline works with. */
async function openParts(
  config: Config,
  clock: Clock,
  log: Log,
  opened: Opened,
  discord: { readonly rest: REST; readonly answers: Answers },
): Promise<{ readonly parts: Parts; readonly provider: Provider }> {
  const metrics = createMetrics();
  const store = await openStore({
    url: config.DATABASE_URL,
    clock,
    onUnreadable: (id) => {
      log.error({ generation: id }, 'a generation in the store cannot be read; it is left alone');
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
  const parts: Parts = {
    store,
    pace,
    providers: new Map([[provider.name, provider]]),
    pictures,
    delivery: createDelivery({
      rest,
      answers,
      clock,
      log,
      memberCap: config.caps.member,
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
    },
    owner: clock.id(),
  };
  return { parts, provider };
}

async function openHealth(
  config: Config,
  { metrics, store }: Parts,
  client: Client,
): Promise<Health | undefined> {
  if (config.HTTP_PORT === null) return undefined;
  const troubles = async (): Promise<string[]> => [
    ...(isConnected(client) ? [] : ['the gateway is not connected']),
    ...(await store.checkWritable().then(
      () => [],
      () => ['the store cannot be written to'],
    )),
  ];
  try {
    return await serveHealth({ port: config.HTTP_PORT, metrics, troubles });
  } catch (error) {
    throw new StartError(
      `Health and metrics cannot be served on port ${config.HTTP_PORT} (HTTP_PORT): it is taken or not allowed.`,
      { cause: error },
    );
  }
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
