import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestLifeMs, s3Address, type S3Access } from '../../src/providers/claid/s3-address.ts';
import { startPrivateBucket, type PrivateBucket } from './private-bucket.ts';

describe('the address of a private object', () => {
  it('is that of the worked example in AWS’s documentation', () => {
    const access = {
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
    };
    const url = 'https://examplebucket.s3.amazonaws.com/test.txt';
    const now = Date.UTC(2013, 4, 24);
    expect(s3Address(url, access, now, 86_400_000)).toBe(
      `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256` +
        '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
        '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });
});

const access: S3Access = {
  accessKey: 'GOOG1EXAMPLE',
  secretKey: 'not/told+to=any',
  region: 'auto',
};
const start = Date.UTC(2026, 10, 21, 23, 59, 58, 999);
let bucket: PrivateBucket;
let now = start;

beforeAll(async () => {
  // Each object holds its own key.
  bucket = await startPrivateBucket(
    access,
    () => now,
    (key) => Promise.resolve(Buffer.from(key)),
  );
});
afterAll(() => bucket.close());

describe('a bucket that checks signatures', () => {
  const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

  it.each([
    '/1.png',
    '/folder/a b.png',
    '/ä/日本語 🦊.png',
    "/all!'()*signs+~@$,;=&:.png",
    '/percent%and%2Ftwo.png',
    '/what?is#this.png',
  ])('gives %s to whom the address was given', async (key) => {
    now = start;
    const url = `${bucket.url}${key.split('/').map(encodeURIComponent).join('/')}`;
    const answer = await fetch(s3Address(url, access, now, longestLifeMs));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(key.slice(1));
  });

  it('refuses another key, another object and no signature at all', async () => {
    now = start;
    const url = `${bucket.url}/1.png`;
    const signed = s3Address(url, access, now, longestLifeMs);
    expect(await statusOf(url)).toBe(403);
    expect(await statusOf(signed.replace('/1.png', '/2.png'))).toBe(403);
    expect(await statusOf(signed.replace('604800', '604799'))).toBe(403);
    const stranger = { ...access, secretKey: 'another' };
    expect(await statusOf(s3Address(url, stranger, now, longestLifeMs))).toBe(403);
  });

  it('gives it for seven days, to the second, and no longer', async () => {
    now = start;
    const signed = s3Address(`${bucket.url}/1.png`, access, now, longestLifeMs);
    now = start + longestLifeMs - 1000;
    expect(await statusOf(signed)).toBe(200);
    now = start + longestLifeMs;
    expect(await statusOf(signed)).toBe(403);
  });
});
