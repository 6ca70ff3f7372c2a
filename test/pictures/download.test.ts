import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { PictureError } from '../../src/domain/pictures.ts';
import type { Resolve } from '../../src/pictures/address.ts';
import { createBuffers } from '../../src/pictures/buffers.ts';
import { createDownloads, type Downloads } from '../../src/pictures/download.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import { createHurriedClock, type HurriedClock } from '../providers/hurried-clock.ts';
import { listen } from '../providers/listen.ts';
import { answer, startScriptedApi, type ScriptedApi } from '../providers/scripted-api.ts';

const timeoutMs = 60_000;
const maxBytes = 300_000;
const bytes = randomBytes(200_000);

let host: ScriptedApi;
let trusted: string;
const open: Downloads[] = [];
let clock: HurriedClock;
let downloads: Downloads;

function start(options: { clock?: Clock; resolve?: Resolve } = {}): Downloads {
  downloads = createDownloads({
    maxBytes,
    timeoutMs,
    clock,
    buffers: createBuffers(maxBytes),
    ...options,
  });
  open.push(downloads);
  return downloads;
}

function get(
  address: string,
  options: { trustedHosts?: readonly string[]; signal?: AbortSignal } = {},
): Promise<Buffer> {
  return downloads.get(address, {
    trustedHosts: [trusted],
    signal: new AbortController().signal,
    ...options,
  });
}

async function failure(got: Promise<Buffer>): Promise<PictureError> {
  const error: unknown = await got.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PictureError)) throw new Error('no PictureError', { cause: error });
  return error;
}

beforeEach(async () => {
  host = await startScriptedApi(({ socket }) => socket.write(answer(200, bytes)));
  trusted = `127.0.0.1:${host.port}`;
  clock = createHurriedClock();
  start();
});

afterEach(async () => {
  await host.close();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('a picture', () => {
  test('comes byte for byte', async () => {
    expect((await get(`${host.url}/a.png`)).equals(bytes)).toBe(true);
  });

  test('of a length that is not told beforehand comes byte for byte', async () => {
    host.script = ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      for (const part of [bytes.subarray(0, 70_001), bytes.subarray(70_001)]) {
        socket.write(`${part.length.toString(16)}\r\n`);
        socket.write(part);
        socket.write('\r\n');
      }
      socket.write('0\r\n\r\n');
    };
    expect((await get(host.url)).equals(bytes)).toBe(true);
  });

  test('is asked for by its path and query alone: no credentials, no cookies', async () => {
    host.script = ({ socket }) =>
      socket.write(answer(200, bytes, { 'set-cookie': 'session=1; Path=/' }));
    const address = `http://user:secret@127.0.0.1:${host.port}/a%20b.png?signature=x%2By#part`;
    await get(address);
    await get(address);
    for (const seen of host.requests) {
      expect(seen).toMatchObject({ method: 'GET', path: '/a%20b.png?signature=x%2By' });
      expect(Object.keys(seen.headers).sort()).toEqual([
        'accept',
        'accept-encoding',
        'connection',
        'host',
      ]);
    }
  });

  test.each([
    ['with its length told', answer(200, randomBytes(maxBytes + 1))],
    [
      'without its length told',
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), randomBytes(maxBytes + 1)]),
    ],
    ['by its length alone', answer(200, 'x', { 'content-length': '99999999999' })],
  ])('that is too large is lost, %s, and not read on', async (_, whole) => {
    host.script = ({ socket }) => socket.write(whole);
    expect((await failure(get(host.url))).kind).toBe('lost');
    expect(host.requests).toHaveLength(1);
    await host.requests[0]?.closed;
  });

  test('comes from a trusted host that has a name', async () => {
    const trustedHosts = [`localhost:${host.port}`];
    const got = await get(`http://localhost:${host.port}/`, { trustedHosts });
    expect(got.equals(bytes)).toBe(true);
  });

  test('of exactly the largest size comes', async () => {
    const largest = randomBytes(maxBytes);
    host.script = ({ socket }) => socket.write(answer(200, largest));
    expect((await get(host.url)).equals(largest)).toBe(true);
  });

  test.each([0, 1, 199_999])('that is cut after %i bytes may come later', async (at) => {
    host.script = ({ socket }) =>
      socket.end(answer(200, bytes.subarray(0, at), { 'content-length': String(bytes.length) }));
    expect((await failure(get(host.url))).kind).toBe('later');
    expect(host.requests).toHaveLength(3);
  });
});

describe('a download that fails', () => {
  test.each([429, 408, 500, 502, 503, 504])(
    'with %i is tried three times, then left for later',
    async (status) => {
      host.script = ({ socket }) => socket.write(answer(status));
      expect((await failure(get(host.url))).kind).toBe('later');
      expect(host.requests).toHaveLength(3);
      expect(clock.pausesMs).toEqual([500, 2000]);
    },
  );

  test.each([400, 401, 403, 404, 410, 204, 206, 304])('with %i is lost at once', async (status) => {
    host.script = ({ socket }) => socket.write(answer(status));
    expect((await failure(get(host.url))).kind).toBe('lost');
    expect(host.requests).toHaveLength(1);
  });

  test('once succeeds at the next try', async () => {
    host.script = ({ socket }) => {
      if (host.requests.length === 1) socket.resetAndDestroy();
      else socket.write(answer(200, bytes));
    };
    expect((await get(host.url)).equals(bytes)).toBe(true);
  });

  test('waits as long as the server asks, if that is short', async () => {
    host.script = ({ socket }) => {
      const waits = ['7', '3600'];
      const wait = waits[host.requests.length - 1];
      socket.write(
        wait === undefined ? answer(200, bytes) : answer(429, '', { 'retry-after': wait }),
      );
    };
    await get(host.url);
    expect(clock.pausesMs).toEqual([7000, 2000]);
  });

  test('because nobody listens is tried three times, then left for later', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const got = get(`http://127.0.0.1:${port}/`, { trustedHosts: [`127.0.0.1:${port}`] });
    expect((await failure(got)).kind).toBe('later');
    expect(clock.pausesMs).toEqual([500, 2000]);
  });

  test('because DNS fails is left for later', async () => {
    const error = Object.assign(new Error('try again'), { code: 'EAI_AGAIN' });
    start({ resolve: (_, __, callback) => callback(error, []) });
    expect((await failure(get('http://pictures.example/'))).kind).toBe('later');
  });

  test('never tells the signature of its address', async () => {
    host.script = ({ socket }) => socket.write(answer(404));
    const error = await failure(get(`${host.url}/secret-path?signature=secret`));
    expect(`${error.message} ${error.stack}`).not.toContain('secret');
  });
});

describe('a download that takes too long', () => {
  test('is ended although a byte comes now and then', async () => {
    const shifted = createShiftedClock();
    start({ clock: shifted });
    const failed = failure(get(host.url));
    host.script = ({ socket }) =>
      socket.write(answer(200, 'x', { 'content-length': String(bytes.length) }));
    const seen = await host.next();
    for (let second = 0; second <= timeoutMs / 1000; second++) {
      seen.socket.write('x');
      shifted.advance(1000);
    }
    expect((await failed).kind).toBe('later');
    await seen.closed;
    expect(host.requests).toHaveLength(1);
  });

  test('is ended in its headers too', async () => {
    const shifted = createShiftedClock();
    start({ clock: shifted });
    host.script = ({ socket }) => socket.write('HTTP/1.1 200 OK\r\ncontent-le');
    const failed = failure(get(host.url));
    const seen = await host.next();
    shifted.advance(timeoutMs + 1);
    expect((await failed).kind).toBe('later');
    await seen.closed;
  });

  test('is ended by its caller, who closes the connection', async () => {
    host.script = ({ socket }) => socket.write('HTTP/1.1 200 OK\r\n');
    const caller = new AbortController();
    const failed = failure(get(host.url, { signal: caller.signal }));
    const seen = await host.next();
    caller.abort(new Error('stopping'));
    expect((await failed).kind).toBe('later');
    await seen.closed;
  });

  test('is not begun when its caller has ended it before', async () => {
    expect((await failure(get(host.url, { signal: AbortSignal.abort() }))).kind).toBe('later');
    expect(host.requests).toHaveLength(0);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('of %i is followed', async (status) => {
    host.script = ({ socket, path }) =>
      socket.write(path === '/b' ? answer(200, bytes) : answer(status, '', { location: '/b' }));
    expect((await get(`${host.url}/a`)).equals(bytes)).toBe(true);
  });

  test('is followed three times, no more', async () => {
    host.script = ({ socket, path }) => {
      const hop = Number(path.slice(1));
      socket.write(hop === 0 ? answer(200, bytes) : answer(302, '', { location: `/${hop - 1}` }));
    };
    expect((await get(`${host.url}/3`)).equals(bytes)).toBe(true);
    expect((await failure(get(`${host.url}/4`))).kind).toBe('lost');
  });

  test.each([
    ['nowhere', {}],
    ['a file', { location: 'file:///etc/passwd' }],
    ['data', { location: 'data:image/png;base64,AAAA' }],
    ['what is no address', { location: 'http://' }],
  ])('to %s is lost', async (_, headers) => {
    host.script = ({ socket }) => socket.write(answer(302, '', headers));
    expect((await failure(get(host.url))).kind).toBe('lost');
    expect(host.requests).toHaveLength(1);
  });
});

describe('an address that must not be reached', () => {
  let reached = 0;
  const traps = ['127.0.0.1', '127.0.0.2', '::1'].map((address) => ({
    address,
    server: createServer((socket) => {
      reached++;
      socket.destroy();
    }),
  }));
  let port: number;

  beforeEach(async () => {
    reached = 0;
    port = 0;
    for (const { address, server } of traps) port = await listen(server, address, port);
  });

  afterEach(async () => {
    await Promise.all(traps.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  });

  const forms = [
    '127.0.0.2',
    '127.0.0.2.',
    '2130706434',
    '0x7f000002',
    '0x7f.2',
    '0177.0.0.2',
    '017700000002',
    '127.2',
    '１２７.0.0.2',
    '%31%32%37.0.0.2',
    '127。0。0。2',
    '[::ffff:127.0.0.2]',
    '[::ffff:7f00:2]',
    '[::127.0.0.2]',
    '[64:ff9b::7f00:2]',
    '[2002:7f00:2::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '0.0.0.0',
    '0',
    'localhost',
    'LOCALHOST',
    'ⓛocalhost',
  ];

  test.each(forms)('is refused where it is named directly: %s', async (form) => {
    const error = await failure(get(`http://${form}:${port}/`));
    expect(error.kind).toBe('lost');
    expect(reached).toBe(0);
  });

  test.each(forms)('is refused where a trusted host redirects to it: %s', async (form) => {
    host.script = ({ socket }) =>
      socket.write(answer(302, '', { location: encodeHost(form, port) }));
    const error = await failure(get(host.url));
    expect(error.kind).toBe('lost');
    expect(host.requests).toHaveLength(1);
    expect(reached).toBe(0);
  });

  test.each(['http', 'https'])('is refused where a name leads to it, by %s', async (scheme) => {
    start({
      resolve(_, __, callback) {
        callback(null, [
          { address: '127.0.0.2', family: 4 },
          { address: '::1', family: 6 },
          { address: '::ffff:127.0.0.2', family: 6 },
        ]);
      },
    });
    const error = await failure(get(`${scheme}://pictures.example:${port}/`));
    expect(error.kind).toBe('lost');
    expect(reached).toBe(0);
  });

  test('is refused on another port of a trusted host', async () => {
    expect((await failure(get(`http://127.0.0.1:${port}/`))).kind).toBe('lost');
    expect(reached).toBe(0);
  });

  test('is refused although a connection stands that another trust has opened', async () => {
    await get(host.url);
    expect((await failure(get(host.url, { trustedHosts: [] }))).kind).toBe('lost');
    expect(host.requests).toHaveLength(1);
  });

  test('can be reached by these traps at all', async () => {
    const trustedHosts = [`127.0.0.2:${port}`];
    expect((await failure(get(`http://127.0.0.2:${port}/`, { trustedHosts }))).kind).toBe('later');
    expect(reached).toBe(3);
  });

  test.each(['ftp://127.0.0.1/a.png', 'file:///etc/passwd', 'a.png', '', 'http://'])(
    'is refused where it is none of http: "%s"',
    async (address) => {
      expect((await failure(get(address))).kind).toBe('lost');
    },
  );
});

/** Headers carry bytes, so the odd letters go as a server would send them: percent-encoded. */
function encodeHost(form: string, port: number): string {
  return `http://${form.startsWith('%') ? form : encodeURI(form).replaceAll('%5B', '[').replaceAll('%5D', ']')}:${port}/`;
}
