import type { REST } from 'discord.js';
import { atMost } from './at-most.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Answers } from './discord/answers.ts';
import { createDelivery } from './discord/delivery.ts';
import { createGuildLog } from './discord/guild-log.ts';
import { createOperator } from './discord/operator.ts';
import type { Provider } from './domain/provider.ts';
import type { Store } from './domain/store.ts';
import { createBreakers } from './generation/breakers.ts';
import { createClosedAccounts } from './generation/closed-accounts.ts';
import { createActive } from './generation/active.ts';
import { createEstimates } from './generation/estimates.ts';
import { outageOf } from './generation/outage.ts';
import type { Parts } from './generation/parts.ts';
import { titleOf } from './generation/title-of.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPace } from './pace/pace.ts';
import { createPictures } from './pictures/pictures.ts';
import { createWords } from './policy/words.ts';
import { createCatalogue } from './providers/catalogue.ts';
import { checkKey } from './providers/check-key.ts';
import { openProviders } from './providers/index.ts';
import { refresh } from './providers/refresh.ts';
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
): Promise<Parts> {
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
  const providers = openProviders(config, clock, log);
  for (const provider of providers) {
    opened.push(() => provider.close());
    if (provider.name === 'claid' && config.CLAID_CREDITS !== null)
      await store.noteBalance(provider.account, config.CLAID_CREDITS, clock.now());
  }
  await prepareAll(providers, clock, log);
  warnOfPrices(providers, config.PRICES, log);
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
    accounts: await Promise.all(
      providers.map(async (provider) => ({
        account: provider.account,
        ...provider.pace,
        departures: await earlierDepartures(store, provider, clock),
      })),
    ),
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
  for (const { name } of providers)
    for (const tookMs of (await store.recentRunsMs(name, 20)).toReversed())
      estimates.note(name, tookMs);
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
  const operator = createOperator({ rest, clock, log, channelId: config.OPERATOR_CHANNEL_ID });
  const accounts = createClosedAccounts(clock);
  const breakers = createBreakers(clock, operator);
  const named = {
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    catalogue: createCatalogue(providers, config.PRICES, (provider) =>
      outageOf({ accounts, breakers }, provider),
    ),
  };
  return {
    store,
    settings,
    guildLog,
    words: createWords(),
    pace,
    ...named,
    pictures,
    delivery: createDelivery({
      rest,
      answers,
      clock,
      log,
      titleOf: (generation) => titleOf(named, generation),
    }),
    operator,
    clock,
    log,
    metrics,
    accounts,
    breakers,
    active: createActive(),
    estimates,
    deliveries: atMost(config.DELIVERIES),
    limits: {
      caps: config.caps,
      contentRefusalsPerDay: config.CONTENT_REFUSALS_PER_DAY,
      defaultImages: config.DEFAULT_IMAGES,
      pictureDays: config.PICTURE_DAYS,
      retentionDays: config.RETENTION_DAYS,
    },
    owner: clock.id(),
  };
}

/** @throws {StartError} with what is wrong with each of them, all at once */
async function prepareAll(providers: readonly Provider[], clock: Clock, log: Log): Promise<void> {
  const outcomes = await Promise.allSettled(
    providers.map((provider) => prepare(provider, clock, log)),
  );
  const errors = outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  const [first] = errors;
  if (errors.length > 1 && errors.every((error) => error instanceof StartError))
    throw new StartError(errors.map(({ message }) => message).join('\n'), { cause: first });
  if (errors.length > 0) throw first;
}

/** A price for what there is not would leave what was meant at 1. */
function warnOfPrices(
  providers: readonly Provider[],
  prices: ReadonlyMap<string, number>,
  log: Log,
): void {
  const known = new Set(
    providers.flatMap((provider) => [provider.name, ...provider.models().map(({ key }) => key)]),
  );
  const unknown = [...prices.keys()].filter((key) => !known.has(key));
  if (unknown.length > 0)
    log.warn(
      { unknown, known: [...known] },
      'PRICES names models or providers that there are not, or that are not configured',
    );
}

/** Its key is looked at and its models are read; an API that is away is asked again later. */
async function prepare(provider: Provider, clock: Clock, log: Log): Promise<void> {
  await checkKey(provider, clock, log);
  await refresh(provider, clock, log);
  if (provider.models().some((model) => model.public))
    log.warn(
      { provider: provider.name },
      `Whatever ${provider.title} makes on this account can be seen by everybody there, with its text, so private requests are refused. If that is not so, set ${provider.publicSetting ?? 'its plan'}.`,
    );
}

function earlierDepartures(store: Store, provider: Provider, clock: Clock): Promise<number[]> {
  const longestMs = Math.max(0, ...provider.pace.windows.map(({ windowMs }) => windowMs));
  return store.departures(provider.account, clock.now() - 2 * longestMs);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason';
}
