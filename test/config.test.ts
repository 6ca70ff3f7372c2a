import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, settings } from '../src/config.ts';

const needed = {
  DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  CLAID_API_KEY: 'a-key-of-claid',
};

/** What some settings need beside them. */
const storage = {
  OPENAI_SERVER: 'openai',
  CLAID_OUTPUT: 'storage://x/',
  CLAID_OUTPUT_URL: 'https://x.test',
  CLAID_OUTPUT_ACCESS_KEY: 'AKIAIOSFODNN7EXAMPLE',
  CLAID_OUTPUT_SECRET_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

function mistakes(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  const names = Object.keys(settings.shape).toSorted();

  it('stand in .env.example, all of them and no others', () => {
    const found = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(found.toSorted()).toEqual(names);
  });

  it('stand in the README’s table, all of them and no others', () => {
    const found = [...read('README.md').matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(
      ([, name = '']) => name,
    );
    expect(found.toSorted()).toEqual(names);
  });

  it('are the same by default as .env.example says', () => {
    const example = Object.fromEntries(
      [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    expect(readConfig({ ...example, ...needed })).toEqual(readConfig(needed));
  });

  it('have an example that is accepted', () => {
    for (const [name, schema] of Object.entries(settings.shape)) {
      const example = String(schema.meta()?.['example']);
      expect(mistakes({ ...needed, ...storage, [name]: example }), name).toEqual([]);
    }
  });

  it('name every mistake at once, with what was wrong and an example', () => {
    const found = mistakes({
      CLAID_API_KEY: 'zyxwv',
      CLAID_API_URL: 'http://claid.example',
      DISCORD_API_URL: 'https://discord.example',
      PRICES: 'one',
      MEMBER_CREDITS_PER_DAY: '-1',
      DEFAULT_IMAGES: '5',
      HTTP_PORT: '70000',
      LOG_LEVEL: 'loud',
      CLAID_RATE_LIMITS: '120 per minute',
      BLOCKED_USERS: '123',
      DATABASE_URL: 'mysql://x',
    });
    expect(found).toHaveLength(12);
    expect(found[0]).toMatch(/^DISCORD_TOKEN is missing\. Example: DISCORD_TOKEN=/);
    for (const line of found) expect(line).toMatch(/^[A-Z_]+ .+ Example: [A-Z_]+=\S/);
    expect(found.join('\n')).not.toContain('zyxwv');
  });

  it('take blanks in lists', () => {
    expect(readConfig({ ...needed, CLAID_RATE_LIMITS: '120; w=60 ,4 ;w=1' })).toEqual(
      readConfig(needed),
    );
  });

  it('read blank as the default, unlimited as no cap and 0 as none', () => {
    expect(readConfig({ ...needed, MEMBER_CREDITS_PER_DAY: ' ' }).caps.member).toBe(40);
    expect(readConfig({ ...needed, MEMBER_CREDITS_PER_DAY: 'unlimited' }).caps.member).toBeNull();
    expect(readConfig({ ...needed, MEMBER_CREDITS_PER_DAY: '0' }).caps.member).toBe(0);
  });

  it('keep Discord’s ids as text, whatever their size', () => {
    const id = '18446744073709551615';
    expect([...readConfig({ ...needed, BLOCKED_USERS: id }).BLOCKED_USERS]).toEqual([id]);
  });
});
