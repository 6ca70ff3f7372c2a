import { Events } from 'discord.js';
import type { Client } from 'discord.js';
import { commands } from '../commands/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createAnswers } from './discord/answers.ts';
import { createClient } from './discord/client.ts';
import { attachmentHosts } from './discord/attachment-hosts.ts';
import { connect, disconnect, isConnected, watch } from './discord/connect.ts';
import { createDispatch } from './discord/dispatch.ts';
import { offerWaiting } from './discord/offer-waiting.ts';
import { registerCommands, removeGuildCopies } from './discord/registration.ts';
import { keepHouse } from './generation/housekeeping.ts';
import type { Parts } from './generation/parts.ts';
import { serveHealth } from './health.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import { createChart } from './pictures/chart.ts';
import { endsWithin } from './schedule.ts';
import { StartError } from './start-error.ts';
import type { SqliteThread } from './storage/sqlite-thread.ts';
import { openParts } from './open-parts.ts';
import { keepRefreshed } from './providers/refresh.ts';
import type { Opened } from './open-parts.ts';

/** Running work is given this long to finish when the bot stops; what takes longer is left to recovery. */
const finishWithinMs = 20_000;
/** Calls that were hung up on then are given this long to notice. */
const hangUpWithinMs = 1_000;

/** A running bot. */
export interface Bot {
  /** Where health and metrics are served on 127.0.0.1; `undefined` where `HTTP_PORT` is not set. */
  readonly httpPort: number | undefined;
  /** Resolves when the gateway closed the connection for good; the bot is of no use then. */
  readonly lost: Promise<void>;
  /** Stops taking commands, finishes or gives back what is under way, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Builds the bot from its parts, connects it and finishes what an earlier run left behind. The one
 * place that knows every part. Resolves when commands are served.
 *
 * @param storeThread shared by bots of one process, so that each need not start one of its own
 * @throws {StartError} with what to mend; everything opened is closed again
 */
export async function start(
  config: Config,
  clock: Clock,
  log: Log,
  storeThread?: SqliteThread,
): Promise<Bot> {
  const opened: Opened = [];
  const close = async (): Promise<void> => {
    for (const step of opened.toReversed())
      await step().catch((error: unknown) => {
        log.error({ err: error }, 'a part did not close cleanly');
      });
  };
  try {
    return await open(config, clock, log, opened, close, storeThread);
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
  storeThread: SqliteThread | undefined,
): Promise<Bot> {
  if (config.ALLOWED_GUILDS.size === 0)
    log.warn('ALLOWED_GUILDS is empty: whoever invites the bot to a server spends your credits');
  const client = createClient(config.DISCORD_API_URL);
  const { rest } = client;
  const answers = createAnswers({ rest, clock, log });
  const parts = await openParts(config, clock, log, opened, { rest, answers }, storeThread);
  const dispatch = createDispatch({
    commands: commands({
      parts,
      doors: { allowedGuilds: config.ALLOWED_GUILDS, blockedUsers: config.BLOCKED_USERS },
      attachmentHosts: attachmentHosts(config.DISCORD_API_URL),
      operatorLimits: {
        caps: config.caps,
        memberConcurrent: config.MEMBER_CONCURRENT,
        memberQueue: config.MEMBER_QUEUE,
      },
      chart: createChart(),
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
  await parts.guildLog.begin();
  const { housekeeping, recovered } = await keepHouse(parts);
  opened.push(keepRefreshed(parts));
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
    const left = parts.active.size;
    await close();
    log.info(
      { left },
      left === 0 ? 'stopped' : 'stopped; what is left is finished by the next start',
    );
  };
  let stopped: Promise<void> | undefined;
  return { httpPort: health?.port, lost, stop: () => (stopped ??= stop()) };
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
