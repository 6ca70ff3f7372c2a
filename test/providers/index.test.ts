import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { openProviders } from '../../src/providers/index.ts';

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const all = {
  CLAID_API_KEY: 'a-key-of-claid',
  STABLECOG_API_KEY: `sc-${'0123456789abcdef'.repeat(4)}`,
  KIDJIG_API_KEY: 'a-key-of-kidjig',
  OPENAI_API_KEY: 'a-key-of-openai',
};

let opened: Provider[] = [];
afterEach(() => Promise.all(opened.map((provider) => provider.close())));

function open(settings: Readonly<Record<string, string>>): Provider[] {
  opened = openProviders(readConfig({ DISCORD_TOKEN: token, ...settings }), systemClock);
  return opened;
}

const names = (settings: Readonly<Record<string, string>>): string[] =>
  open(settings).map(({ name }) => name);

describe('the providers', () => {
  it('are those whose key is set, in the table’s order', () => {
    expect(names(all)).toEqual(['claid', 'stablecog', 'kidjig', 'openai']);
  });

  it('begin with the default one', () => {
    expect(names({ ...all, DEFAULT_PROVIDER: 'kidjig' })).toEqual([
      'kidjig',
      'claid',
      'stablecog',
      'openai',
    ]);
  });

  it.each(Object.entries(all))('are one alone where only %s is set', (setting, key) => {
    expect(open({ [setting]: key }).map(({ keySetting }) => keySetting)).toEqual([setting]);
  });

  it('count a server without a key, where its address is set', () => {
    expect(
      names({ OPENAI_API_URL: 'http://192.168.1.20:8080/v1', OPENAI_SERVER: 'sd-cpp' }),
    ).toEqual(['openai']);
  });

  it('are asked where they are by default', () => {
    expect(open(all).flatMap(({ trustedHosts }) => trustedHosts)).toEqual([]);
  });

  it('have models whose keys and prices can be set, and never give a key away', () => {
    for (const provider of open(all)) {
      expect(provider.models().length).toBeGreaterThan(0);
      for (const { key, provider: name, title } of provider.models()) {
        expect(key).toMatch(/^[\w.-]+(\/[\w.-]+)?$/);
        expect(key.split('/')[0]).toBe(provider.name);
        expect(name).toBe(provider.name);
        expect(title.length).toBeLessThanOrEqual(80);
      }
      expect(provider.account).toMatch(new RegExp(`^${provider.name}\\b`));
      for (const key of Object.values(all)) expect(provider.account).not.toContain(key);
    }
  });

  it('take their pace from the settings', () => {
    const paces = open({ ...all, CLAID_RATE_LIMITS: '7;w=2', STABLECOG_PLAN: 'pro' }).map(
      ({ pace }) => pace,
    );
    expect(paces[0]).toEqual({ windows: [{ limit: 7, windowMs: 2000 }] });
    expect(paces[1]).toEqual({ windows: [{ limit: 5, windowMs: 1000 }], concurrent: 3 });
    expect(paces[2]?.windows).toEqual([]);
    expect(paces[3]).toMatchObject({ windows: [], concurrent: 1 });
  });

  it('trust the bucket that is configured for Claid', () => {
    const [claid] = open({
      CLAID_API_KEY: all.CLAID_API_KEY,
      CLAID_OUTPUT: 'storage://mine/',
      CLAID_OUTPUT_URL: 'https://my-bucket.example/easel',
      CLAID_OUTPUT_ACCESS_KEY: 'AKIAIOSFODNN7EXAMPLE',
      CLAID_OUTPUT_SECRET_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    });
    expect(claid?.trustedHosts).toEqual(['my-bucket.example:443']);
  });
});
