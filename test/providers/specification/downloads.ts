import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ProvidedPicture } from '../../../src/domain/provider.ts';
import type { GenerateFault, PictureFault } from '../../../src/playground/image-api/faults.ts';
import { listen } from '../listen.ts';
import { bombPng } from './bomb.ts';
import { onRig, type Rig } from './rig.ts';
import type { Subject } from './subject.ts';
import { openTaking, type Taking } from './taking.ts';
import { setTrap, type Trap } from './trap.ts';

/** Each unfolds to more than can be wanted: to pixels, and to bytes. */
const pixelBomb = bombPng(9000, 9000);
const byteBomb = gzipSync(Buffer.alloc(30_000_000));

/** Whatever an API says where its pictures are, they come through the one door that guards the bot. */
export function downloadCases(subject: Subject): void {
  const test = onRig(subject);
  let taking: Taking;
  let trap: Trap;
  beforeAll(async () => {
    taking = await openTaking();
    trap = await setTrap();
  });
  afterAll(async () => {
    await taking.close();
    trap.close();
  });

  if (subject.pictures === 'bytes') return byteCases(subject, () => taking);

  /** The picture of a generation that this fault hits. */
  async function picture(rig: Rig, fault: GenerateFault): Promise<ProvidedPicture | undefined> {
    rig.standIn.faults.next(fault);
    return (await rig.generate()).pictures[0];
  }
  const spoilt = (rig: Rig, fault: PictureFault): Promise<ProvidedPicture | undefined> =>
    picture(rig, { kind: 'picture', fault });

  test.for([
    ['an address of this machine', (port: number) => `http://127.0.0.2:${port}/a.png`],
    ['its other ports', (port: number) => `http://127.0.0.1:${port}/a.png`],
    ['a name of this machine', (port: number) => `http://localhost:${port}/a.png`],
    ['its number', (port: number) => `http://2130706434:${port}/a.png`],
    ['its number in sixteens', (port: number) => `http://0x7f.0.0.2:${port}/a.png`],
    ['its short form', (port: number) => `http://127.2:${port}/a.png`],
    ['it within IPv6', (port: number) => `http://[::ffff:127.0.0.2]:${port}/a.png`],
    ['it under TLS', (port: number) => `https://127.0.0.2:${port}/a.png`],
    ['it behind a name for the user', (port: number) => `http://a.example:80@127.0.0.2:${port}/`],
    ['it behind what looks trusted', (port: number) => `http://127.0.0.1@127.0.0.2:${port}/`],
    ['the loopback of IPv6', (port: number) => `http://[::1]:${port}/a.png`],
    ['the address of nobody', (port: number) => `http://0.0.0.0:${port}/a.png`],
    ['a private net', () => 'http://10.0.0.1/a.png'],
    ['another one', () => 'http://192.168.1.1/a.png'],
    ['a private net of IPv6', () => 'http://[fd00::1]/a.png'],
    ['the cloud’s own data', () => 'http://169.254.169.254/latest/meta-data/'],
  ] as const)('at %s is never asked for', async ([, address], { rig }) => {
    const { provider } = rig;
    const provided = await picture(rig, { kind: 'address', url: address(trap.port) });
    expect((await taking.refusal(provided, provider.trustedHosts)).kind).toBe('lost');
    expect(trap.asked).toEqual([]);
  });

  test.for([
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['another protocol', 'ftp://pictures.example/a.png'],
    ['no address', 'a.png'],
    ['nothing', ''],
  ] as const)('at %s is none', async ([, url], { rig }) => {
    rig.standIn.faults.next({ kind: 'address', url });
    expect(await rig.failure()).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
  });

  test.for([301, 302, 303, 307, 308])(
    'that redirects (%i) to a private address is lost, and that one never asked',
    async (status, { rig }) => {
      const to = `http://127.0.0.2:${trap.port}/a.png`;
      const provided = await spoilt(rig, { kind: 'redirect', to, status });
      const error = await taking.refusal(provided, rig.provider.trustedHosts);
      expect(error.kind).toBe('lost');
      expect(trap.asked).toEqual([]);
    },
  );

  test('that redirects to the cloud’s own data is lost', async ({ rig }) => {
    const to = 'http://169.254.169.254/latest/meta-data/';
    const provided = await spoilt(rig, { kind: 'redirect', to });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('lost');
  });

  test('that redirects to itself for ever is lost', async ({ rig }) => {
    const provided = await spoilt(rig, { kind: 'redirect', to: '?again' });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('lost');
    expect(rig.standIn.downloads.length).toBeLessThan(10);
  });

  test('that redirects once within its own host comes', async ({ rig }) => {
    const { pictures } = await rig.generate();
    rig.standIn.faults.nextDownload({ kind: 'redirect', to: '?moved' });
    const { width } = await taking.take(pictures[0], rig.provider.trustedHosts);
    expect(width).toBeGreaterThan(0);
  });

  test('that is a page is lost', async ({ rig }) => {
    const provided = await spoilt(rig, { kind: 'not-image' });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('lost');
  });

  test('that is gone is lost', async ({ rig }) => {
    const provided = await spoilt(rig, { kind: 'gone' });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('lost');
  });

  test.for([
    ['as its length says', true],
    ['of no length', false],
  ] as const)('of 50 MB, %s, is lost and not read to its end', async ([, declared], { rig }) => {
    const provided = await spoilt(rig, { kind: 'huge', declared });
    const ended = rig.standIn.next('download');
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('lost');
    expect(await ended).toMatchObject({ aborted: true });
  });

  test('that is shorter than its length says may come later', async ({ rig }) => {
    const provided = await spoilt(rig, { kind: 'wrong-length', claimedBytes: 1_000_000 });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('later');
  });

  test('that is cut each time may come later', async ({ rig }) => {
    const provided = await spoilt(rig, { kind: 'cut', atByte: 100 });
    expect((await taking.refusal(provided, rig.provider.trustedHosts)).kind).toBe('later');
  });

  test.for([
    ['is cut', { kind: 'cut', atByte: 100, times: 2 }],
    ['fails with a 500', { kind: 'error', times: 2 }],
    ['is busy', { kind: 'error', status: 429, times: 2 }],
    ['has no length', { kind: 'no-length' }],
  ] as const)('that %s at first comes, byte for byte', async ([, fault], { rig }) => {
    const { provider, standIn } = rig;
    const provided = await spoilt(rig, fault);
    const { bytes } = await taking.take(provided, provider.trustedHosts);
    const made = await standIn.pictureBytes(standIn.books.charges[0]?.requestId ?? '', 0);
    expect(Buffer.from(bytes).equals(made)).toBe(true);
  });

  test.for([
    ['unfolds to too many pixels', { 'content-type': 'image/png' }, pixelBomb],
    [
      'unpacks to too many bytes',
      { 'content-type': 'image/png', 'content-encoding': 'gzip' },
      byteBomb,
    ],
  ] as const)('that %s is lost', async ([, headers, bytes], { rig }) => {
    const server = createServer((_, response) => {
      response.writeHead(200, headers);
      response.end(bytes);
    });
    const host = `127.0.0.1:${await listen(server)}`;
    const provided = await picture(rig, { kind: 'address', url: `http://${host}/a.png` });
    const trusted = [...rig.provider.trustedHosts, host];
    expect((await taking.refusal(provided, trusted)).kind).toBe('lost');
    server.close();
  });

  test('is asked for without the key', async ({ rig }) => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(JSON.stringify([request.url, request.headers]));
      response.writeHead(404);
      response.end();
    });
    const host = `127.0.0.1:${await listen(server)}`;
    const provided = await picture(rig, { kind: 'address', url: `http://${host}/a.png` });
    await taking.refusal(provided, [...rig.provider.trustedHosts, host]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain(rig.standIn.key);
    server.close();
  });
}

/** The pictures are in the answer itself: whatever they are, nothing else is asked. */
function byteCases(subject: Subject, taking: () => Taking): void {
  const test = onRig(subject);

  test.for([
    ['a page', { kind: 'not-image' }],
    ['a part of one', { kind: 'cut', atByte: 20 }],
  ] as const)('that is %s is lost', async ([, fault], { rig }) => {
    rig.standIn.faults.next({ kind: 'picture', fault });
    const { pictures, providerCost } = await rig.generate();
    expect(providerCost).toBe(rig.standIn.books.totalCost);
    expect((await taking().refusal(pictures[0], [])).kind).toBe('lost');
  });

  test('that is empty is none', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'picture', fault: { kind: 'gone' } });
    expect(await rig.failure()).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
  });

  test('that is too large never comes into the spool', async ({ rig }) => {
    rig.standIn.faults.next({ kind: 'picture', fault: { kind: 'huge', bytes: 27_000_000 } });
    const result = await rig.generate().catch((error: unknown) => error);
    if (result instanceof Error) {
      expect(result).toMatchObject({ kind: 'protocol', outcome: 'unknown' });
      return;
    }
    const { pictures } = result as Awaited<ReturnType<typeof rig.generate>>;
    expect((await taking().refusal(pictures[0], [])).kind).toBe('lost');
  });

  test('that unfolds to too many pixels is lost', async () => {
    const bytes = new Uint8Array(pixelBomb);
    expect((await taking().refusal({ kind: 'bytes', bytes }, [])).kind).toBe('lost');
  });

  test('comes without anything else being asked', async ({ rig }) => {
    const { pictures } = await rig.generate();
    const { bytes } = await taking().take(pictures[0], []);
    const { books } = rig.standIn;
    const made = await rig.standIn.pictureBytes(books.charges[0]?.requestId ?? '', 0);
    expect(Buffer.from(bytes).equals(made)).toBe(true);
    expect(rig.standIn.downloads).toEqual([]);
  });
}
