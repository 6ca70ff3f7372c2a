import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { startClaid } from '../../src/playground/claid/claid.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import { start } from '../../src/start.ts';
import { openStore } from '../../src/storage/open.ts';
import { redisAnswers, redisUrl } from '../pace/redis.ts';
import {
  dropDatabases,
  freshUrl,
  postgresAnswers,
  postgresTitle,
} from '../storage/postgres-server.ts';
import { finished, saying } from './stage.ts';

const redis = process.env['CI'] === 'true' || (await redisAnswers());
const title = `${postgresTitle}${redis ? '' : ' (skipped: no Redis on 127.0.0.1:6379)'}`;

afterAll(dropDatabases);

describe.skipIf(!postgresAnswers || !redis)(
  `two bots on one Postgres and one Redis${title}`,
  () => {
    it('answer each request once, although both hear of it, and one goes on alone', async () => {
      const clock = createShiftedClock();
      const folder = await mkdtemp(join(tmpdir(), 'easel-two-'));
      const [discord, claid, url] = await Promise.all([
        startDiscord({ clock }),
        startClaid({ clock, pictures: 'small', latencyMs: 5 }),
        freshUrl(),
      ]);
      const bot = () =>
        start(
          readConfig({
            DISCORD_TOKEN: discord.token,
            DISCORD_API_URL: discord.apiUrl,
            CLAID_API_KEY: claid.key,
            CLAID_API_URL: claid.apiUrl,
            DATABASE_URL: url,
            REDIS_URL: redisUrl,
            PICTURES_FOLDER: join(folder, 'pictures'),
          }),
          clock,
          createLog({ level: 'silent', secrets: [] }),
        );
      const first = await bot();
      const second = await bot();
      try {
        const alice = discord.as('alice');
        const answers = await Promise.all(
          ['a fox', 'a hare'].map((prompt) => finished(alice.command('imagine', { prompt }))),
        );
        expect(answers.map(({ files }) => files.length)).toEqual([4, 4]);
        const mod = discord.as('mod');
        const granted = { member: 'alice', credits: 10, reason: 'a prize' };
        await saying(mod.command('moderate grant', granted), '0 → **10**');
        await saying(mod.command('moderate grant', granted), '10 → **20**');
        await first.stop();
        await finished(alice.command('imagine', { prompt: 'a boat', images: 1 }));
        expect(claid.postedTwice()).toEqual([]);
        expect(alice.sees()).toHaveLength(3);
      } finally {
        await Promise.all([first.stop(), second.stop()]);
        const store = await openStore({ url, clock });
        expect(await store.verify()).toEqual([]);
        await store.close();
        expect(claid.books.totalCost).toBe(9);
        await Promise.all([discord.close(), claid.close()]);
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);
