import { Events, Status } from 'discord.js';
import type { Client } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';

const readyWithinMs = 60_000;

/**
 * Logs in and waits until Discord has sent the guilds.
 *
 * @throws {StartError} where the token is not accepted or Discord does not answer
 */
export async function connect(client: Client, token: string, clock: Clock): Promise<void> {
  let giveUp: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = clock.setTimer(() => {
      reject(new StartError('Discord did not answer within a minute. Is this machine online?'));
    }, readyWithinMs);
  });
  const ready = new Promise<void>((resolve) => {
    client.once(Events.ClientReady, () => {
      resolve();
    });
  });
  try {
    await Promise.race([late, Promise.all([ready, logIn(client, token)])]);
  } finally {
    giveUp?.();
  }
}

async function logIn(client: Client, token: string): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new StartError(
      /invalid token/i.test(why)
        ? 'Discord does not accept DISCORD_TOKEN. Reset the token on the Bot page of your application and copy it anew.'
        : `Discord cannot be reached: ${why}`,
      { cause: error },
    );
  }
}

/** Whether every connection to the gateway stands. A client that was ready once stays so for discord.js. */
export function isConnected(client: Client): boolean {
  return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
}

/**
 * Writes to the log what happens to the connection.
 *
 * @param onLost called when the gateway closed it for good (a wrong token, say): it does not come back
 */
export function watch(client: Client, log: Log, onLost: () => void): void {
  client.on(Events.Error, (error) => {
    log.error({ err: error }, 'discord.js reported an error');
  });
  client.on(Events.Warn, (message) => {
    log.warn(message);
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.fatal({ code, shard }, 'the gateway closed the connection for good');
    onLost();
  });
  client.on(Events.ShardReconnecting, (shard) => {
    log.warn({ shard }, 'the gateway connection was lost; reconnecting');
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    log.info({ shard, replayed }, 'the gateway connection is back');
  });
  client.rest.on('rateLimited', ({ route, timeToReset, global }) => {
    log.warn({ route, waitMs: timeToReset, global }, 'Discord slows the bot down');
  });
  client.rest.on('invalidRequestWarning', ({ count, remainingTime }) => {
    log.error({ count, remainingMs: remainingTime }, 'many requests are refused by Discord');
  });
}

/** Ends the connection on purpose, which is no news for the log. */
export async function disconnect(client: Client): Promise<void> {
  client.removeAllListeners(Events.ShardReconnecting);
  client.removeAllListeners(Events.ShardDisconnect);
  await client.destroy();
}
