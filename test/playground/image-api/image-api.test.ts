import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallFault } from '../../../src/playground/image-api/faults.ts';
import { gzipBomb } from '../../../src/playground/image-api/gzip-bomb.ts';
import type { ImageApiStandIn } from '../../../src/playground/image-api/stand-in.ts';
import { startSmallApi } from './small-api.ts';

const good = z.strictObject({
  outputs: z.array(
    z.strictObject({
      url: z.string(),
      width: z.number(),
      height: z.number(),
      mime: z.string(),
      b64: z.string(),
    }),
  ),
  left: z.number().nullable(),
});

const postTo = (api: ImageApiStandIn, path = '/make'): Promise<Response> =>
  fetch(`${api.apiUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.key}` },
    body: JSON.stringify({ prompt: 'a fox' }),
    redirect: 'manual',
  });

const outputsOf = async (response: Response): Promise<z.infer<typeof good>['outputs']> =>
  good.parse(await response.json()).outputs;

let api: ImageApiStandIn;
beforeEach(async () => {
  api = await startSmallApi({ credits: 100 });
});
afterEach(() => api.close());

describe('a stand-in on the shared base', () => {
  it('says everything in its own words, and prices as it likes', async () => {
    const answer = good.parse(await (await postTo(api)).json());
    expect(answer.left).toBe(94);
    expect(api.books.charges).toMatchObject([{ prompt: 'a fox', images: 2, cost: 6 }]);
    api.books.creditsLeft = 5;
    const refused = await postTo(api);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: 'insufficient_credits' },
    ]);
    api.faults.next({ kind: 'status', status: 503, message: 'told so' });
    api.books.creditsLeft = 6;
    expect(await (await postTo(api)).json()).toEqual({ error: 'told so' });
    expect(api.books.creditsLeft).toBe(6);
  });

  it('refuses in plain text what its windows have no room for', async () => {
    api.settings.limits = [{ limit: 0, windowMs: 1000 }];
    const refused = await postTo(api);
    expect([refused.status, refused.headers.get('content-type'), await refused.text()]).toEqual([
      429,
      'text/plain',
      'Too Many Requests',
    ]);
  });

  it('serves pictures under its own folder, and sends their bytes in the answer as well', async () => {
    const response = await postTo(api);
    const [first, second] = await outputsOf(response);
    const bytes = await (await fetch(second?.url ?? '')).bytes();
    expect(Buffer.from(bytes).toString('base64')).toBe(second?.b64);
    expect(first?.b64).not.toBe(second?.b64);
    const requestId = response.headers.get('x-request-id') ?? '';
    expect((await api.pictureBytes(requestId, 1)).toString('base64')).toBe(second?.b64);
    expect(api.downloads.map(({ url, status }) => [url, status])).toEqual([[second?.url, 200]]);
  });

  it('spoils the bytes in the answer as it would the download', async () => {
    api.faults.next({ kind: 'picture', index: 0, fault: { kind: 'cut', atByte: 30 } });
    api.faults.next({ kind: 'picture', index: 1, fault: { kind: 'not-image' } });
    const [cut] = await outputsOf(await postTo(api));
    const [, page] = await outputsOf(await postTo(api));
    expect(Buffer.from(cut?.b64 ?? '', 'base64')).toHaveLength(30);
    expect(Buffer.from(page?.b64 ?? '', 'base64').toString()).toContain('<html>');
  });
});

describe('pictures of other sizes and types', () => {
  it.each([
    ['painted', 'jpeg', [640, 256], [640, 256]],
    ['painted', 'png', [300, 512], [300, 512]],
    ['small', 'webp', [1536, 640], [64, 27]],
    ['small', 'jpeg', [512, 512], [64, 64]],
    ['fixed', 'jpeg', [1248, 832], [1248, 832]],
    ['fixed', 'webp', [512, 768], [512, 768]],
    ['fixed', 'png', [320, 256], [320, 256]],
  ] as const)('%s %s of %j', async (pictures, type, [width, height], size) => {
    const fixedBytes = 150_000;
    const other = await startSmallApi({ pictures, fixedBytes, drawn: { width, height, type } });
    const outputs = await outputsOf(await postTo(other));
    const seen = new Set<string>();
    for (const output of outputs) {
      const response = await fetch(output.url);
      expect(response.headers.get('content-type')).toBe(`image/${type}`);
      const bytes = await response.bytes();
      expect(await sharp(bytes).metadata()).toMatchObject({ format: type });
      expect([output.width, output.height]).toEqual(size);
      // Decodes every row and checks every checksum.
      const { info } = await sharp(bytes, { failOn: 'warning' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual(size);
      if (pictures === 'fixed') expect(bytes.length).toBe(fixedBytes);
      seen.add(Buffer.from(bytes).toString('base64'));
    }
    expect(seen.size).toBe(2);
    await other.close();
  });
});

describe('what can go wrong with any answer', () => {
  it.each<readonly [Extract<CallFault, { kind: 'redirect' | 'huge' | 'gzip' }>, number]>([
    [{ kind: 'redirect', to: 'http://127.0.0.2:9/' }, 302],
    [{ kind: 'redirect', to: 'http://127.0.0.2:9/', status: 307 }, 307],
    [{ kind: 'huge', bytes: 100_000 }, 200],
    [{ kind: 'gzip', unpackedBytes: 100_000 }, 200],
  ])('is charged only where told: %j', async (fault, status) => {
    for (const charged of [false, true]) {
      api.faults.next({ ...fault, charged });
      const response = await postTo(api);
      expect(response.status).toBe(status);
      await response.arrayBuffer();
      expect(api.books.totalCost).toBe(charged ? 6 : 0);
    }
  });

  it('is a redirect to anywhere', async () => {
    api.faults.next({ kind: 'redirect', to: 'http://127.0.0.2:9/inside' });
    expect((await postTo(api)).headers.get('location')).toBe('http://127.0.0.2:9/inside');
  });

  it.each([true, false])('is JSON without an end (length declared: %s)', async (declared) => {
    api.faults.next({ kind: 'huge', bytes: 3_000_000, declared });
    const response = await postTo(api);
    expect(response.headers.get('content-length')).toBe(declared ? '3000000' : null);
    const text = await response.text();
    expect(text).toHaveLength(3_000_000);
    expect(z.strictObject({ filler: z.string() }).parse(JSON.parse(text)).filler[0]).toBe('x');
  });

  it('is a bomb that looks small until it is unpacked', async () => {
    api.faults.next({ kind: 'gzip', unpackedBytes: 5_000_000 });
    const response = await postTo(api);
    expect(Number(response.headers.get('content-length'))).toBeLessThan(20_000);
    const text = await response.text();
    expect(text).toHaveLength(5_000_000);
    expect(JSON.parse(text)).toHaveProperty('filler');
    expect(gunzipSync(gzipBomb(1_048_600))).toHaveLength(1_048_600);
    expect(gzipBomb(200_000_000).length).toBeLessThan(400_000);
  });

  it('is the good answer, gzipped or under another content type', async () => {
    api.faults.next({ kind: 'gzip', body: 'good' });
    const gzipped = await postTo(api);
    expect(gzipped.headers.get('content-encoding')).toBe('gzip');
    expect(await outputsOf(gzipped)).toHaveLength(2);
    api.faults.next({ kind: 'content-type', type: 'text/html' });
    const html = await postTo(api);
    expect(html.headers.get('content-type')).toBe('text/html');
    expect(await outputsOf(html)).toHaveLength(2);
    expect(api.books.totalCost).toBe(12);
  });

  it.each<readonly [path: string, value: unknown, found: (body: unknown) => unknown]>([
    ['left', 'many', (body) => z.looseObject({ left: z.string() }).parse(body).left],
    ['outputs.1.url', null, (body) => (body as { outputs: { url: unknown }[] }).outputs[1]?.url],
    ['outputs.0', 7, (body) => (body as { outputs: unknown[] }).outputs[0]],
    ['outputs.2', {}, (body) => (body as { outputs: unknown[] }).outputs[2]],
    ['outputs', undefined, (body) => (body as { outputs?: unknown }).outputs],
    ['more', [1], (body) => (body as { more: unknown }).more],
    ['', [], (body) => body],
  ])('has another value in one field: "%s" %j', async (path, value, found) => {
    api.faults.next({ kind: 'field', path, value });
    expect(found(await (await postTo(api)).json())).toEqual(value);
    expect(api.books.totalCost).toBe(6);
  });

  it('breaks off after so many bytes of the whole, headers among them', async () => {
    const body = JSON.stringify({ prompt: 'a fox' });
    const { hostname, port } = new URL(api.apiUrl);
    const raw = async (atByte: number): Promise<string> => {
      api.faults.next({ kind: 'cut', atByte });
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(
        `POST /v9/make HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      return (await buffer(socket)).toString();
    };
    expect(await raw(0)).toBe('');
    expect(await raw(12)).toBe('HTTP/1.1 200');
    const most = await raw(1_000_000);
    expect(most).toMatch(/^HTTP\/1\.1 200 OK\r\n[^{]*content-length: \d+\r\n\r\n\{"outputs"/);
    const [, length, text] = /content-length: (\d+)\r\n\r\n(.*)$/s.exec(most) ?? [];
    expect(text).toHaveLength(Number(length) - 1);
    expect(api.requests.map(({ cut, cost }) => [cut, cost])).toEqual([
      [true, 6],
      [true, 6],
      [true, 6],
    ]);
  });

  it('hits the other operations by their names', async () => {
    api.faults.nextAt('balance', { kind: 'status', status: 500 }, 2);
    api.faults.nextAt('other', { kind: 'hang' });
    api.faults.nextAt('balance', { kind: 'field', path: 'credits', value: '1' });
    const answers: unknown[] = [];
    for (let i = 0; i < 4; i += 1) answers.push(await (await postTo(api, '/balance')).json());
    expect(answers).toEqual([
      { error: 'error 500' },
      { error: 'error 500' },
      { credits: '1' },
      { credits: 100 },
    ]);
    api.faults.nextAt('balance', { kind: 'hang' });
    api.faults.clear();
    expect((await postTo(api, '/balance')).status).toBe(200);
  });
});
