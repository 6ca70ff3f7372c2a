import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { checkBucket } from '../../src/providers/claid/check-bucket.ts';
import type { S3Access } from '../../src/providers/claid/s3-address.ts';
import { StartError } from '../../src/start-error.ts';
import { listen } from './listen.ts';
import { startPrivateBucket, type PrivateBucket } from './private-bucket.ts';
import { answer, startScriptedApi } from './scripted-api.ts';

const access: S3Access = {
  accessKey: 'AKIAEXAMPLE',
  secretKey: 'the-secret-of-the-bucket',
  region: 'eu-west-1',
};
const { signal } = new AbortController();
let bucket: PrivateBucket;

beforeAll(async () => {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  bucket = await startPrivateBucket(access, () => systemClock.now(), nothing);
});
afterAll(() => bucket.close());

/** What it says is wrong; empty where nothing is. */
async function wrongOf(url: string, keys: S3Access = access): Promise<string> {
  try {
    await checkBucket(url, keys, systemClock, signal);
    return '';
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

describe('the keys of a private bucket', () => {
  it('are good where it knows them, though the object is not there', async () => {
    expect(await wrongOf(bucket.url)).toBe('');
    expect(bucket.statuses).toEqual([404]);
  });

  it.each([
    [{ accessKey: 'AKIAOTHER' }, 'does not know the key in CLAID_OUTPUT_ACCESS_KEY.'],
    [{ secretKey: 'another-secret' }, 'does not accept the key in CLAID_OUTPUT_SECRET_KEY.'],
    [{ region: 'us-east-1' }, 'is not in the region of CLAID_OUTPUT_REGION; it is in eu-west-1.'],
  ])('are wrong with %o, and the setting is named', async (other, told) => {
    const wrong = await wrongOf(bucket.url, { ...access, ...other });
    expect(wrong).toBe(`The bucket of CLAID_OUTPUT ${told}`);
  });

  it.each([
    ['NoSuchBucket', 404, /is not there: CLAID_OUTPUT_URL must be/],
    ['PermanentRedirect', 301, /CLAID_OUTPUT_REGION\.$/],
    ['AccessDenied', 403, /^$/],
    ['SlowDown', 503, /^$/],
    ['toString', 403, /^$/],
  ])('are told apart by what it says: %s', async (code, status, told) => {
    const body = `<?xml version="1.0"?>\n<Error><Code>${code}</Code></Error>`;
    const api = await startScriptedApi(({ socket }) => socket.write(answer(status, body)));
    expect(await wrongOf(`${api.url}/mine`)).toMatch(told);
    expect(api.requests[0]?.path).toMatch(/^\/mine\/[\w-]+\?X-Amz-Algorithm=/);
    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
    await api.close();
  });

  it('are given the benefit of the doubt where it is away', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await wrongOf(`http://127.0.0.1:${port}/mine`)).toBe('');
  });
});
