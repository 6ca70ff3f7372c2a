import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';

export const redisUrl = 'redis://127.0.0.1:6379';

/** Whether the Redis of this machine answers. */
export async function redisAnswers(): Promise<boolean> {
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** A connection of the test's own, and keys that nobody else has. */
export class RedisKeys {
  readonly prefix = `easel:test:${randomUUID()}`;
  readonly client = new Redis(redisUrl);

  async keys(): Promise<string[]> {
    return this.client.keys(`{${this.prefix}*`);
  }

  async delete(): Promise<number> {
    const keys = await this.keys();
    return keys.length > 0 ? this.client.del(...keys) : 0;
  }

  async close(): Promise<void> {
    await this.delete();
    this.client.disconnect();
  }
}
