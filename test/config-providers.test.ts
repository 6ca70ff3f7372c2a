import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, settings as allSettings, type Config } from '../src/config.ts';
import { secretsOf } from '../src/config-secrets.ts';
import { defaultKidjigModels } from '../src/kidjig-models.ts';

type Settings = Readonly<Record<string, string>>;

const token = {
  DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
};
const claid = { CLAID_API_KEY: 'a-key-of-claid' };

const configOf = (settings: Settings): Config => readConfig({ ...token, ...settings });

/** Each mistake, without the example behind it. */
function mistakes(settings: Settings): string[] {
  try {
    configOf(settings);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.mistakes.map((line) => line.replace(/\. Example: [A-Z_]+=\S.*$/, ''));
    throw error;
  }
  return [];
}

describe('at least one image API', () => {
  it('is needed, and all four keys are named', () => {
    const [mistake = '', ...others] = mistakes({ STABLECOG_API_KEY: ' ' });
    expect(others).toEqual([]);
    expect(mistake).toMatch(/^CLAID_API_KEY is missing, and so are /);
    for (const name of ['STABLECOG', 'KIDJIG', 'OPENAI'])
      expect(mistake).toContain(`${name}_API_KEY`);
  });

  it.each([
    claid,
    { STABLECOG_API_KEY: 'sc-0123456789' },
    { KIDJIG_API_KEY: 'a-key-of-kidjig' },
    { OPENAI_API_KEY: 'sk-0123456789' },
    { OPENAI_API_URL: 'http://192.168.1.20:8080/v1', OPENAI_SERVER: 'sd-cpp' },
  ])('is enough: %o', (settings) => {
    expect(mistakes(settings)).toEqual([]);
  });

  it('counts where its key is wrong: that alone is the mistake', () => {
    expect(mistakes({ KIDJIG_API_KEY: 'short' })).toEqual([
      'KIDJIG_API_KEY is too short to be a key (at least 8 characters)',
    ]);
  });

  it('leaves the settings of the others alone', () => {
    const others = {
      STABLECOG_PLAN: 'pro',
      STABLECOG_OLD_PATHS: 'true',
      KIDJIG_TIMEOUT_SECONDS: '60',
      OPENAI_SERVER: 'localai',
    };
    expect(mistakes({ ...claid, ...others })).toEqual([]);
  });
});

describe('DEFAULT_PROVIDER', () => {
  it('is one that is configured', () => {
    expect(configOf({ ...claid, DEFAULT_PROVIDER: 'claid' }).DEFAULT_PROVIDER).toBe('claid');
    expect(configOf(claid).DEFAULT_PROVIDER).toBeNull();
    expect(mistakes({ ...claid, DEFAULT_PROVIDER: 'kidjig' })).toEqual([
      'DEFAULT_PROVIDER names kidjig, which is not configured: KIDJIG_API_KEY is not set',
    ]);
    expect(mistakes({ ...claid, DEFAULT_PROVIDER: 'openai' })).toEqual([
      expect.stringContaining('neither OPENAI_API_KEY nor OPENAI_API_URL is set'),
    ]);
  });

  it('is one that there is', () => {
    expect(mistakes({ ...claid, DEFAULT_PROVIDER: 'Claid' })).toEqual([
      'DEFAULT_PROVIDER must be one of claid, stablecog, kidjig, openai',
    ]);
  });
});

describe('PRICES', () => {
  it('name providers and models, configured or not', () => {
    const { PRICES } = configOf({ ...claid, PRICES: 'claid=1, stablecog/flux.1=2 ,kidjig=0' });
    expect([...PRICES]).toEqual([
      ['claid', 1],
      ['stablecog/flux.1', 2],
      ['kidjig', 0],
    ]);
  });

  it.each(['Claid=3', 'dalle=1', 'claid=1,flux/stablecog=1', 'claidx/a=1'])(
    'refuse a provider that there is not: %s',
    (PRICES) => {
      expect(mistakes({ ...claid, PRICES })).toEqual([
        'PRICES names a provider that there is not (there are: claid, stablecog, kidjig, openai)',
      ]);
    },
  );

  it.each([
    'claid',
    'claid=',
    'claid=1.5',
    'claid=-1',
    'claid 1',
    'claid=1;kidjig=1',
    'claid/a/b=1',
    '/claid=1',
  ])('refuse what is no list of prices: %s', (PRICES) => {
    expect(mistakes({ ...claid, PRICES })).toEqual([
      'PRICES must be a list of provider=credits or provider/model=credits',
    ]);
  });
});

describe('CLAID_OUTPUT', () => {
  const folder = { CLAID_OUTPUT: 'storage://bucket/easel/' };
  const url = { CLAID_OUTPUT_URL: 'https://bucket.example' };
  const access = { CLAID_OUTPUT_ACCESS_KEY: 'AKIAEXAMPLE' };
  const secret = { CLAID_OUTPUT_SECRET_KEY: 'its-secret-key' };

  it.each([
    ['an address', { ...folder, ...url }],
    ['an address and keys', { ...folder, ...url, ...access, ...secret }],
    ['none of it', {}],
  ])('goes with %s', (_, settings) => {
    expect(mistakes({ ...claid, ...settings })).toEqual([]);
  });

  it.each([
    [
      'with keys alone',
      { ...folder, ...access, ...secret },
      /^CLAID_OUTPUT_URL is missing: .* \(for one that is not public, its endpoint with its name\)/,
    ],
    ['alone', folder, /^CLAID_OUTPUT_URL is missing: with CLAID_OUTPUT set, Claid returns no temp/],
    ['that its address is without', url, /^CLAID_OUTPUT is missing: CLAID_OUTPUT_URL does nothing/],
    [
      'that keys are without',
      { ...access, ...secret },
      /^CLAID_OUTPUT is missing: CLAID_OUTPUT_ACCESS_KEY does nothing without it/,
    ],
    [
      'with half of its keys',
      { ...folder, ...access },
      /^CLAID_OUTPUT_SECRET_KEY is missing: CLAID_OUTPUT_ACCESS_KEY does nothing without it/,
    ],
    [
      'with the other half',
      { ...folder, ...url, ...secret },
      /^CLAID_OUTPUT_ACCESS_KEY is missing: CLAID_OUTPUT_SECRET_KEY does nothing without it/,
    ],
    ['without its /', { ...url, CLAID_OUTPUT: 'storage://bucket/easel' }, /end in \//],
    [
      'with an address that has a query',
      { ...folder, CLAID_OUTPUT_URL: 'https://bucket.example/?list' },
      /^CLAID_OUTPUT_URL must be an address without \?/,
    ],
    [
      'with an address that is wrongly encoded',
      { ...folder, CLAID_OUTPUT_URL: 'https://bucket.example/100%' },
      /^CLAID_OUTPUT_URL must be an address without \?/,
    ],
  ])('is a mistake %s', (_, settings, told) => {
    expect(mistakes({ ...claid, ...settings })).toEqual([expect.stringMatching(told)]);
  });
});

describe('OPENAI_API_URL', () => {
  const key = { OPENAI_API_KEY: 'sk-0123456789' };
  const server = { OPENAI_SERVER: 'openai' };

  it.each(['http://192.168.1.20:8080/v1', 'http://imagebox.local', 'https://images.example/v1/'])(
    'may be %s where there is no key',
    (url) => {
      expect(configOf({ ...server, OPENAI_API_URL: url }).OPENAI_API_URL).toBe(
        url.replace(/\/$/, ''),
      );
    },
  );

  it.each(['https://images.example/v1', 'http://127.0.0.1:8080', 'http://localhost:1/v1'])(
    'may be %s with a key',
    (url) => {
      expect(mistakes({ ...key, ...server, OPENAI_API_URL: url })).toEqual([]);
    },
  );

  it.each(['http://192.168.1.20:8080/v1', 'http://localhost.example', 'HTTP://images.example'])(
    'must not be %s with a key, which would go through a network in the open',
    (url) => {
      expect(mistakes({ ...key, ...server, OPENAI_API_URL: url })).toEqual([
        expect.stringMatching(/^OPENAI_API_URL must be https, since the API key goes there/),
      ]);
    },
  );

  it.each([
    'http://192.168.1.20:8080/v1',
    'https://images.example',
    'https://api.openai.com.evil.example',
  ])('needs to be told what answers at %s, with a key or without', (url) => {
    for (const settings of [{}, key].map((each) => ({ ...each, OPENAI_API_URL: url })))
      expect(mistakes(settings)).toContain(
        'OPENAI_SERVER is missing: OPENAI_API_URL is not at OpenAI, so say what answers there: ' +
          'localai, sd-cpp, vllm-omni, or openai for one that takes just what OpenAI takes',
      );
  });

  it('needs no more where it is OpenAI’s own', () => {
    const url = { OPENAI_API_URL: 'https://api.openai.com/v1/' };
    expect(mistakes({ ...key, ...url })).toEqual([]);
  });

  it('is needed for any server that is not OpenAI’s own', () => {
    expect(mistakes({ ...key, OPENAI_SERVER: 'localai' })).toEqual([
      'OPENAI_API_URL is missing: OPENAI_SERVER names one of your own',
    ]);
    const url = { OPENAI_API_URL: 'http://127.0.0.1:8080' };
    expect(mistakes({ ...key, ...url, OPENAI_SERVER: 'localai' })).toEqual([]);
    expect(mistakes({ ...key, OPENAI_SERVER: 'comfyui' })[0]).toMatch(/^OPENAI_SERVER must be/);
  });

  it.each(['images.example', 'ftp://images.example', 'http://', 'https://x.example/?a=1'])(
    'must be an address: %s',
    (url) => {
      expect(mistakes({ ...key, ...server, OPENAI_API_URL: url })).toEqual([
        expect.stringMatching(/^OPENAI_API_URL must be an /),
      ]);
    },
  );
});

describe('the other settings of providers', () => {
  it('are read, blanks and all', () => {
    const config = configOf({
      ...claid,
      OPENAI_MODELS: ' gpt-image-1 , black-forest-labs/FLUX.1-dev,gpt-image-1,',
      OPENAI_UNFILTERED: 'true',
      STABLECOG_PLAN: 'ultimate',
      OPENAI_RATE_LIMITS: '5;w=60',
      KIDJIG_RATE_LIMITS: ' ',
    });
    expect(config.OPENAI_MODELS).toEqual(['gpt-image-1', 'black-forest-labs/FLUX.1-dev']);
    expect(config.OPENAI_UNFILTERED).toBe(true);
    expect(config.STABLECOG_PLAN).toBe('ultimate');
    expect(config.OPENAI_RATE_LIMITS).toEqual([{ limit: 5, windowMs: 60_000 }]);
    expect(config.KIDJIG_RATE_LIMITS).toEqual([]);
  });

  it.each([
    ['STABLECOG_PLAN', 'gold', 'must be one of free, starter, pro, ultimate'],
    ['STABLECOG_OLD_PATHS', 'yes', 'must be one of true, false'],
    [
      'STABLECOG_API_URL',
      'http://stablecog.example',
      'must be https, since the API key goes there',
    ],
    ['KIDJIG_API_URL', 'kidjig', 'must be an http or https address'],
    ['OPENAI_SERVER', 'comfyui', 'must be one of openai, localai, sd-cpp, vllm-omni'],
    ['OPENAI_MODELS', 'gpt image 1', 'must be a list of names with commas between'],
    ['OPENAI_MODELS', ',', 'must be a list of names with commas between'],
    ['OPENAI_SIDE_PIXELS', '63', 'must be a whole number from 64 to 4096'],
    ['OPENAI_PARALLEL_JOBS', '0', 'must be a whole number from 1 to 8'],
    ['OPENAI_PARALLEL_JOBS', '9', 'must be a whole number from 1 to 8'],
    ['OPENAI_UNFILTERED', '1', 'must be one of true, false'],
    ['OPENAI_API_KEY', 'sk-“quoted”', 'must not contain spaces, quotes from a rich text'],
    ['KIDJIG_TIMEOUT_SECONDS', '0', 'must be a whole number from 1 to 3600'],
    ['STABLECOG_RATE_LIMITS', '0;w=1', 'must allow at least one request per window'],
    ['CLAID_OUTPUT_REGION', 'EU West', 'must be the name of a region'],
  ])('are a mistake as %s=%s', (name, value, told) => {
    expect(mistakes({ ...claid, [name]: value })).toEqual([
      expect.stringContaining(`${name} ${told}`),
    ]);
  });
});

describe('KIDJIG_MODELS', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const json = '{"flux-dev":{"title":"FLUX dev","options":{}}}';

  it('are one model where nothing is set', () => {
    expect(configOf(claid).KIDJIG_MODELS).toEqual(defaultKidjigModels);
  });

  it('are the JSON itself, or what stands in a file', async () => {
    const path = join(folder, 'models.json');
    await writeFile(path, `\ufeff${json}\n`);
    for (const value of [json, `file:${path}`, `file://${path}`]) {
      const { models } = configOf({ ...claid, KIDJIG_MODELS: value }).KIDJIG_MODELS;
      expect(models.map(({ name, title }) => [name, title])).toEqual([['flux-dev', 'FLUX dev']]);
    }
  });

  it('are a mistake where the file is not there, with its path', () => {
    const path = join(folder, 'nowhere.json');
    expect(mistakes({ ...claid, KIDJIG_MODELS: `file:${path}` })).toEqual([
      `KIDJIG_MODELS names a file that there is not: ${path}`,
    ]);
    expect(mistakes({ ...claid, KIDJIG_MODELS: `file:${folder}` })).toEqual([
      `KIDJIG_MODELS names a file that cannot be read: ${folder}`,
    ]);
  });

  it('name the model and the field of a mistake', async () => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, json.replace('"FLUX dev"', '7'));
    for (const value of [`file:${path}`, json.replace('"FLUX dev"', '7')])
      expect(mistakes({ ...claid, KIDJIG_MODELS: value })).toEqual([
        expect.stringMatching(/^KIDJIG_MODELS .*\bflux-dev\.title\b/),
      ]);
    expect(mistakes({ ...claid, KIDJIG_MODELS: '[]' })).toEqual([
      expect.stringMatching(/^KIDJIG_MODELS must be a JSON object/),
    ]);
  });
});

describe('the secrets among the settings', () => {
  it('are all that are called a key or a token, a later one too', () => {
    const marked = Object.entries(allSettings.shape).flatMap(([name, schema]) =>
      schema.meta()?.['secret'] === true ? [name] : [],
    );
    const called = Object.keys(allSettings.shape).filter((name) => /_(KEY|TOKEN)$/.test(name));
    expect(marked).toEqual(called);
    expect(called).toContain('OPENAI_API_KEY');
  });

  it('are every key and every password, and nothing else', () => {
    const config = configOf({
      ...claid,
      CLAID_OUTPUT: 'storage://bucket/',
      CLAID_OUTPUT_URL: 'https://bucket.example',
      CLAID_OUTPUT_ACCESS_KEY: 'AKIAEXAMPLE',
      CLAID_OUTPUT_SECRET_KEY: 'its-secret-key',
      STABLECOG_API_KEY: 'sc-0123456789',
      KIDJIG_API_KEY: 'a-key-of-kidjig',
      OPENAI_API_KEY: 'sk-0123456789',
      DATABASE_URL: 'postgres://easel:hunter2@db.example/easel',
      REDIS_URL: 'redis://:hunter3@redis.example',
    });
    expect(secretsOf(config).toSorted()).toEqual(
      [
        token.DISCORD_TOKEN,
        'a-key-of-claid',
        'AKIAEXAMPLE',
        'its-secret-key',
        'sc-0123456789',
        'a-key-of-kidjig',
        'sk-0123456789',
        'hunter2',
        'hunter3',
      ].toSorted(),
    );
    expect(secretsOf(configOf(claid))).toEqual([token.DISCORD_TOKEN, 'a-key-of-claid']);
  });
});
