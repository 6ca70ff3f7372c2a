import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startClaid } from '../../src/playground/claid/claid.ts';
import type { Claid } from '../../src/playground/claid/claid.ts';
import type { Discord } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import { openStore } from '../../src/storage/open.ts';
import { startPrivateBucket, type PrivateBucket } from '../providers/private-bucket.ts';
import { runBot, settingsFor } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { saying } from './stage.ts';
import type { Settings } from './stage.ts';

let discord: Discord;
let claid: Claid;
let folder: string;
const bots: BotProcess[] = [];

beforeAll(async () => {
  discord = await startDiscord({ clock: systemClock });
  claid = await startClaid({ clock: systemClock, key: 'claid-key-of-this-test' });
});
afterAll(async () => {
  await discord.close();
  await claid.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-starting-'));
});
afterEach(async () => {
  for (const bot of bots.splice(0)) {
    bot.signal('SIGKILL');
    await bot.exited;
    expect(bot.stdout + bot.stderr).not.toContain(discord.token);
    expect(bot.stdout + bot.stderr).not.toContain(claid.key);
  }
  claid.faults.clear();
  discord.faults.clear();
  await rm(folder, { recursive: true, force: true });
});

function run(settings: Settings): BotProcess {
  const bot = runBot({ settings, folder });
  bots.push(bot);
  return bot;
}

/** Starts, and expects it to leave with a few sentences for the operator, and nothing of a stack. */
async function refusalOf(settings: Settings): Promise<string> {
  const bot = run(settings);
  expect(await bot.exited).toBe(1);
  expect(bot.stderr).not.toMatch(/^\s+at /m);
  expect(bot.stderr).not.toMatch(/\b[A-Z]\w*Error\b/);
  expect(bot.stdout).not.toContain('"msg":"ready"');
  return bot.stderr.trim();
}

async function expectReady(bot: BotProcess): Promise<void> {
  await bot.says('ready');
  await saying(discord.as('alice').command('usage'), '40 of 40 left');
  bot.signal('SIGTERM');
  expect(await bot.exited).toBe(0);
  expect(bot.stderr).toBe('');
}

describe('wrong settings', () => {
  it('are all listed at once, each with its name, what is wrong and an example, never what was given', async () => {
    const told = await refusalOf({
      DISCORD_TOKEN: 'hunter2-hunter2',
      CLAID_API_URL: 'http://user:hunter3@claid.example',
      DISCORD_API_URL: 'https://elsewhere.example/api',
      DEFAULT_IMAGES: '5',
      MEMBER_CREDITS_PER_DAY: 'many',
      CLAID_RATE_LIMITS: 'often',
      CLAID_OUTPUT: 'storage://easel/',
      LOG_LEVEL: 'loud',
    });
    const [heading, ...lines] = told.split('\n');
    expect(heading).toBe('The settings are not right:');
    expect(new Set(lines.map((line) => line.trim().split(' ')[0]))).toEqual(
      new Set([
        'CLAID_API_KEY',
        'CLAID_API_URL',
        'CLAID_OUTPUT_URL',
        'CLAID_RATE_LIMITS',
        'DEFAULT_IMAGES',
        'DISCORD_API_URL',
        'DISCORD_TOKEN',
        'LOG_LEVEL',
        'MEMBER_CREDITS_PER_DAY',
      ]),
    );
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line).toMatch(/^ {2}\w+ \S.*\. Example: \w+=\S+/);
    expect(told).toContain('CLAID_API_KEY is missing, and so are STABLECOG_API_KEY,');
    // What was given may be a secret in the wrong place.
    expect(told).not.toMatch(/hunter/);
  });
});

describe('a .env file', () => {
  it('is read without a word of its reader, and is enough', async () => {
    const lines = Object.entries(settingsFor({ discord, claid }));
    const text = lines.map(([name, value]) => `${name}=${value}\n`).join('');
    await writeFile(join(folder, '.env'), text);
    const bot = run({});
    await expectReady(bot);
    // Each line on stdout is the log's own, or it could not have been parsed.
    expect(bot.logged().every(({ level, msg }) => level !== undefined && msg !== undefined)).toBe(
      true,
    );
  });

  it('gives way to the environment', async () => {
    const text = 'DEFAULT_IMAGES=9\nLOG_LEVEL=loud\nCLAID_API_KEY=short\n';
    await writeFile(join(folder, '.env'), text);
    const told = await refusalOf({ ...settingsFor({ discord, claid }), LOG_LEVEL: 'info' });
    expect(told).toContain('DEFAULT_IMAGES');
    expect(told).not.toMatch(/LOG_LEVEL|CLAID_API_KEY/);
  });
});

describe('Claid’s key', () => {
  it('that is wrong is told in one sentence', async () => {
    const told = await refusalOf(
      settingsFor({ discord, claid }, { CLAID_API_KEY: 'not-the-key-at-all' }),
    );
    expect(told).toMatch(/^Claid does not accept the key in CLAID_API_KEY \(401\)\.[^\n]*$/);
    expect(told).not.toContain('not-the-key-at-all');
  });

  it('without the storage scope is a good key', async () => {
    claid.settings.scopes = ['image_editing'];
    const bot = run(settingsFor({ discord, claid }));
    await expectReady(bot);
    claid.settings.scopes = ['image_editing', 'storage'];
    expect(claid.requests.at(-1)?.status).toBe(403);
    expect(bot.stdout).not.toContain('could not be asked');
  });

  it('is given the benefit of the doubt, with a warning, while Claid is away', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}/v1`;
    const bot = run(settingsFor({ discord, claid }, { CLAID_API_URL: apiUrl }));
    await expectReady(bot);
    expect(bot.logged()).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        msg: 'Claid could not be asked whether the key is good; going on',
      }),
    );
  });
});

describe('the keys of a bucket that is not public', () => {
  const access = { accessKey: 'AKIAEXAMPLE', secretKey: 'bucket-secret', region: 'eu-west-1' };
  let bucket: PrivateBucket;
  beforeAll(async () => {
    const nothing = () => Promise.resolve(undefined);
    bucket = await startPrivateBucket(access, () => systemClock.now(), nothing);
  });
  afterAll(() => bucket.close());

  it('that are wrong are told in one sentence', async () => {
    const settings = {
      CLAID_OUTPUT: 'storage://easel/bot/',
      CLAID_OUTPUT_URL: bucket.url,
      CLAID_OUTPUT_ACCESS_KEY: access.accessKey,
      CLAID_OUTPUT_SECRET_KEY: 'not-its-secret',
      CLAID_OUTPUT_REGION: access.region,
    };
    const told = await refusalOf(settingsFor({ discord, claid }, settings));
    expect(told).toBe(
      'The bucket of CLAID_OUTPUT does not accept the key in CLAID_OUTPUT_SECRET_KEY.',
    );
  });
});

describe('Discord', () => {
  it('that does not accept the token is told in one sentence', async () => {
    const [id, time] = discord.token.split('.');
    const token = `${id}.${time}.${'x'.repeat(38)}`;
    const told = await refusalOf(settingsFor({ discord, claid }, { DISCORD_TOKEN: token }));
    expect(told).toMatch(/^Discord does not accept DISCORD_TOKEN\.[^\n]*$/);
    expect(told).not.toContain(token);
  });

  it('that cannot be reached is told in one sentence', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}/api`;
    const told = await refusalOf(settingsFor({ discord, claid }, { DISCORD_API_URL: apiUrl }));
    expect(told).toMatch(/^Discord cannot be reached: [^\n]*$/);
  });
});

describe('the store', () => {
  it('that another process has is told in one sentence', async () => {
    const url = `file:${join(folder, 'easel.db')}`;
    const store = await openStore({ url, clock: systemClock });
    try {
      const told = await refusalOf(settingsFor({ discord, claid }, { DATABASE_URL: url }));
      expect(told).toMatch(/^The store cannot be opened \(DATABASE_URL\): [^\n]*process[^\n]*$/);
    } finally {
      await store.close();
    }
  });

  it('that cannot be written is told in one sentence', async () => {
    await writeFile(join(folder, 'file'), '');
    const url = `file:${join(folder, 'file', 'easel.db')}`;
    const told = await refusalOf(settingsFor({ discord, claid }, { DATABASE_URL: url }));
    expect(told).toMatch(/^The store cannot be opened \(DATABASE_URL\): [^\n]*$/);
  });

  it('in Postgres that cannot be reached is told in one sentence, without its password', async () => {
    const url = `postgres://easel:hunter2-hunter2@127.0.0.1:${await freePort()}/easel`;
    const told = await refusalOf(settingsFor({ discord, claid }, { DATABASE_URL: url }));
    expect(told).toMatch(/^The store cannot be opened \(DATABASE_URL\): [^\n]+$/);
    expect(told).not.toContain('hunter2');
  });

  // start.ts lets the error of createPictures through as it is; `it` again once it does not.
  it('for pictures that cannot be written is told in one sentence', async () => {
    await writeFile(join(folder, 'file'), '');
    const pictures = join(folder, 'file', 'pictures');
    const told = await refusalOf(settingsFor({ discord, claid }, { PICTURES_FOLDER: pictures }));
    expect(told).toMatch(/^[^\n]*PICTURES_FOLDER[^\n]*$/);
  });
});

describe('the port of HTTP_PORT', () => {
  it('that is taken is told in one sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const port = String(portOf(server));
      const told = await refusalOf(settingsFor({ discord, claid }, { HTTP_PORT: port }));
      expect(told).toBe(
        `Health and metrics cannot be served on port ${port} (HTTP_PORT): it is taken or not allowed.`,
      );
    } finally {
      server.close();
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
