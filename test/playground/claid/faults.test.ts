import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import type { Claid } from '../../../src/playground/claid/claid.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import type { GenerateFault, PictureFault } from '../../../src/playground/image-api/faults.ts';
import { ask, bytesAt, firstUrl, outputs, read, urls } from './ask.ts';

const clock = createShiftedClock();
let claid: Claid;
beforeEach(async () => {
  claid = await startClaid({ clock, latencyMs: 0, windows: 'off', pictures: 'small' });
});
afterEach(() => claid.close());

describe('faults of generate', () => {
  it.each([
    [{ kind: 'cut', when: 'before-reading' }, 0, undefined],
    [{ kind: 'cut', when: 'before-charging' }, 0, 'a fox'],
    [{ kind: 'cut', when: 'after-charging' }, 4, 'a fox'],
    [{ kind: 'cut-in-body', atByte: 0 }, 4, 'a fox'],
    [{ kind: 'cut-in-body', atByte: 20 }, 4, 'a fox'],
  ] as const)('cuts the connection: %j', async (fault, cost, prompt) => {
    claid.faults.next(fault);
    const ended = claid.next('end');
    await expect(ask(claid, { input: 'a fox' })).rejects.toThrow();
    expect(await ended).toMatchObject({ cut: true, aborted: false, cost, prompt });
    expect(claid.books.totalCost).toBe(cost);
    expect((await ask(claid, { input: 'a fox' })).status).toBe(200);
  });

  it.each<[GenerateFault & { kind: 'status' }, number, string]>([
    [{ kind: 'status', status: 400 }, 0, 'error_code'],
    [{ kind: 'status', status: 404 }, 0, 'error_code'],
    [{ kind: 'status', status: 409 }, 0, 'error_code'],
    [{ kind: 'status', status: 429 }, 0, 'detail.error_code'],
    [{ kind: 'status', status: 429, nested: false }, 0, 'error_code'],
    [{ kind: 'status', status: 500 }, 0, 'error_code'],
    [{ kind: 'status', status: 500, charged: true }, 4, 'error_code'],
    [{ kind: 'status', status: 503, nested: true }, 0, 'detail.error_code'],
  ])('answers with the status and the envelope: %j', async (fault, cost, path) => {
    claid.faults.next({ ...fault, message: 'told so', headers: { 'retry-after': '7' } });
    const reply = await ask(claid, { input: 'a fox' });
    expect(reply.status).toBe(fault.status);
    expect(reply.json).toHaveProperty(path);
    expect(reply.text).toContain('told so');
    expect(reply.headers.get('retry-after')).toBe('7');
    expect(claid.books.totalCost).toBe(cost);
  });

  it.each([
    ['not-json', 200],
    ['wrong-shape', 200],
    ['empty', 200],
    ['html', 524],
  ] as const)('sends garbage after charging: %s', async (body, status) => {
    claid.faults.next({ kind: 'garbage', body });
    const reply = await ask(claid, { input: 'a fox' });
    expect(reply.status).toBe(status);
    expect(reply.json === undefined).toBe(body !== 'wrong-shape');
    expect(claid.books.totalCost).toBe(4);
    claid.faults.next({ kind: 'garbage', body, charged: false });
    await ask(claid, { input: 'a fox' });
    expect(claid.books.totalCost).toBe(4);
  });

  it.each([1, 5, 0])(
    'makes %i pictures where 2 were asked for, and charges them',
    async (images) => {
      claid.faults.next({ kind: 'makes', images });
      const reply = await ask(claid, { input: 'a fox', options: { number_of_images: 2 } });
      expect(outputs(reply)).toHaveLength(images);
      expect(claid.books.totalCost).toBe(images);
    },
  );

  it('is slow by the clock', async () => {
    claid.faults.next({ kind: 'slow', ms: 600_000 });
    const reply = ask(claid, { input: 'a fox' });
    await claid.next('request');
    expect(claid.books.charges).toEqual([]);
    // The timer is set soon after the event, so the time goes on until it has fired.
    const charged = claid.next('charge');
    const going = setInterval(() => {
      clock.advance(300_000);
    }, 5);
    await charged;
    clearInterval(going);
    expect((await reply).status).toBe(200);
  });

  it('holds an answer until it is let go, and sees a caller hang up as a closed connection', async () => {
    const hold = Promise.withResolvers<void>();
    claid.faults.next({ kind: 'hold', until: hold.promise });
    const hangUp = new AbortController();
    const reply = ask(claid, { input: 'a fox' }, { signal: hangUp.signal });
    await claid.next('request');
    const ended = claid.next('end');
    hangUp.abort();
    await expect(reply).rejects.toThrow();
    expect(await ended).toMatchObject({ prompt: 'a fox', aborted: true, cut: false, cost: 0 });
    const charged = claid.next('charge');
    hold.resolve();
    expect(await charged).toMatchObject({ prompt: 'a fox', cost: 4 });
  });

  it('hits the next so many requests, several faults together, and those whose prompt fits', async () => {
    claid.faults.next({ kind: 'status', status: 500 }, 2);
    claid.faults.next([
      { kind: 'makes', images: 2 },
      { kind: 'black', indexes: 'all' },
    ]);
    const stop = claid.faults.when((prompt) => prompt.includes('cat'), {
      kind: 'status',
      status: 503,
    });
    const statuses: number[] = [];
    for (const input of ['fox', 'fox', 'fox', 'cat', 'fox', 'cat']) {
      statuses.push((await ask(claid, { input })).status);
    }
    stop();
    statuses.push((await ask(claid, { input: 'cat' })).status);
    expect(statuses).toEqual([500, 500, 200, 503, 200, 503, 200]);
    expect(claid.books.charges[0]).toMatchObject({ images: 2, blackImages: 2 });
  });

  it('leaves refused requests alone and forgets what it is told to', async () => {
    claid.faults.next({ kind: 'status', status: 500 });
    expect((await ask(claid, {})).status).toBe(422);
    claid.faults.clear();
    expect((await ask(claid, { input: 'a fox' })).status).toBe(200);
  });

  it('ends what hangs when it closes', async () => {
    const other = await startClaid({ clock });
    other.faults.next({ kind: 'hang' });
    const reply = ask(other, { input: 'a fox' });
    await other.next('request');
    await Promise.all([expect(reply).rejects.toThrow(), other.close()]);
  });
});

describe('faults of the storage API', () => {
  it('answers with the status once', async () => {
    const types = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${claid.key}` };
      return (await read(await fetch(`${claid.apiUrl}/storage/storage-types`, { headers }))).status;
    };
    claid.faults.nextStorage({ kind: 'status', status: 503 });
    expect([await types(), await types()]).toEqual([503, 200]);
  });
});

describe('faults of downloads', () => {
  async function oneWith(fault: PictureFault): Promise<string> {
    claid.faults.next({ kind: 'picture', fault });
    return firstUrl(await ask(claid, { input: 'a fox', options: { number_of_images: 1 } }));
  }

  it.each([
    [{ kind: 'gone' }, 404],
    [{ kind: 'error' }, 500],
    [{ kind: 'error', status: 503 }, 503],
  ] as const)('answers %j', async (fault, status) => {
    const url = await oneWith(fault);
    expect((await fetch(url)).status).toBe(status);
    expect((await fetch(url)).status).toBe(status);
  });

  it('recovers after so many errors', async () => {
    const url = await oneWith({ kind: 'error', times: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await fetch(url)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it.each([
    { kind: 'cut', atByte: 0 },
    { kind: 'cut', atByte: 100 },
    { kind: 'wrong-length', claimedBytes: 1_000_000 },
  ] as const)('breaks off: %j', async (fault) => {
    const url = await oneWith(fault);
    await expect(bytesAt(url)).rejects.toThrow();
  });

  it('claims fewer bytes than there are', async () => {
    const url = await oneWith({ kind: 'wrong-length', claimedBytes: 40 });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBe('40');
    await response.body?.cancel();
  });

  it('sends no length', async () => {
    const url = await oneWith({ kind: 'no-length' });
    const response = await fetch(url);
    expect(response.headers.has('content-length')).toBe(false);
    expect(Buffer.from(await response.arrayBuffer()).equals(await claid.pictureBytes(url))).toBe(
      true,
    );
  });

  it('redirects', async () => {
    const url = await oneWith({ kind: 'redirect', to: 'http://127.0.0.2:9/inside' });
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'http://127.0.0.2:9/inside',
    ]);
  });

  it('sends a page that claims to be a picture', async () => {
    const response = await fetch(await oneWith({ kind: 'not-image' }));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toContain('<html>');
  });

  it.each([true, false])('sends far too much (length declared: %s)', async (declared) => {
    const response = await fetch(await oneWith({ kind: 'huge', bytes: 3_000_000, declared }));
    expect(response.headers.get('content-length')).toBe(declared ? '3000000' : null);
    expect((await response.arrayBuffer()).byteLength).toBe(3_000_000);
  });

  it('notices a caller that gives up on what is too much', async () => {
    const response = await fetch(await oneWith({ kind: 'huge' }));
    const ended = claid.next('download');
    await response.body?.cancel();
    expect(await ended).toMatchObject({ aborted: true, status: 200 });
  });

  it('is slow in the midst, by the clock', async () => {
    const url = await oneWith({ kind: 'slow', ms: 600_000, afterBytes: 50 });
    const response = await fetch(url);
    const going = setInterval(() => {
      clock.advance(300_000);
    }, 5);
    const bytes = Buffer.from(await response.arrayBuffer());
    clearInterval(going);
    expect(bytes.equals(await claid.pictureBytes(url))).toBe(true);
  });

  it('hits one picture of several, or its address, or the next download whichever it is', async () => {
    claid.faults.next([
      { kind: 'picture', index: 1, fault: { kind: 'gone' } },
      { kind: 'address', index: 2, url: 'http://169.254.169.254/latest/' },
    ]);
    const [a = '', b = '', c = '', d = ''] = urls(await ask(claid, { input: 'a fox' }));
    expect(c).toBe('http://169.254.169.254/latest/');
    claid.faults.nextDownload({ kind: 'error', status: 502 });
    const statuses = [];
    for (const url of [a, b, d, a]) statuses.push((await fetch(url)).status);
    expect(statuses).toEqual([502, 404, 200, 200]);
    expect(claid.downloads.map((each) => each.url)).toEqual([a, b, d, a]);
  });
});
