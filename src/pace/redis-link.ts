import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { sleep } from '../schedule.ts';

export interface RedisLinkOptions {
  readonly clock: Clock;
  readonly url: string;
  /** Called once when Redis goes away (or was not there at all), and once when it is back. */
  onWarning(message: string, error?: unknown): void;
}

const connectTimeoutMs = 2_000;
const commandTimeoutMs = 1_000;
const longestRetryMs = 5_000;

/**
 * A connection to Redis that never holds anyone up: a script runs now or fails. It is made in the
 * background and made again after each loss.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #client: Promise<Redis | undefined>;
  readonly #firstAttempt: Promise<void>;
  #isAway = false;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#client = this.#create().catch((error: unknown) => {
      this.#away(error);
      return undefined;
    });
    this.#firstAttempt = this.#client.then((client) => this.#connected(client));
  }

  /**
   * Runs a Lua script.
   *
   * @returns its integers
   * @throws when Redis is away, within about a second
   */
  async run(
    script: string,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<number[]> {
    await this.#firstAttempt;
    const client = await this.#client;
    if (this.#closed || client?.status !== 'ready') throw new Error('Redis is not connected');
    const reply = await client
      .eval(script, keys.length, ...keys, ...values)
      .catch((error: unknown) => {
        this.#away(error);
        throw error;
      });
    this.#back();
    return Array.isArray(reply) ? reply.map(Number) : [];
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client;
    client?.disconnect();
  }

  // Loaded only where it is asked for: most bots run as one process.
  async #create(): Promise<Redis> {
    const { Redis: Client } = await import('ioredis');
    const client = new Client(this.#options.url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: connectTimeoutMs,
      commandTimeout: commandTimeoutMs,
      retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 10), longestRetryMs),
    });
    client.on('error', (error: unknown) => {
      this.#away(error);
    });
    client.on('close', () => {
      this.#away(undefined);
    });
    return client;
  }

  async #connected(client: Redis | undefined): Promise<void> {
    if (client === undefined || this.#closed) return;
    const waiting = new AbortController();
    const attempt = client.connect().catch((error: unknown) => {
      this.#away(error);
    });
    const limit = sleep(this.#options.clock, connectTimeoutMs, waiting.signal).catch(
      () => undefined,
    );
    await Promise.race([attempt, limit]);
    waiting.abort();
  }

  #away(error: unknown): void {
    if (this.#isAway || this.#closed) return;
    this.#isAway = true;
    this.#options.onWarning('Redis is away: departures are paced by this process alone', error);
  }

  #back(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#options.onWarning('Redis is back: departures are shared again');
  }
}
