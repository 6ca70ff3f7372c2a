import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Pictures } from '../../src/domain/pictures.ts';
import type { Source } from '../../src/domain/source.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createPictures, type PicturesOptions } from '../../src/pictures/pictures.ts';
import { createHurriedClock } from '../providers/hurried-clock.ts';
import { answer, startScriptedApi, type ScriptedApi } from '../providers/scripted-api.ts';
import { blackCanvas, noise } from './samples.ts';

const key = { generationId: '1234567890-0', index: 0 };
const mib = 1024 * 1024;
const image = new Uint8Array(await noise(64, 64));
const black = new Uint8Array(await blackCanvas().png().toBuffer());

let folder: string;
let host: ScriptedApi;
let pictures: Pictures;

async function start(options: Partial<PicturesOptions> = {}): Promise<void> {
  pictures = await createPictures({
    folder,
    maxBytes: 100 * mib,
    minFreeBytes: 0,
    maxPictureBytes: 10 * mib,
    clock: createHurriedClock(),
    ...options,
  });
}

async function restart(): Promise<void> {
  await pictures.close();
  await start();
}

function fetch(source?: Source): ReturnType<Pictures['fetch']> {
  return pictures.fetch(key, source ?? { kind: 'address', url: host.url, expiresAt: null }, {
    trustedHosts: [`127.0.0.1:${host.port}`],
    signal: new AbortController().signal,
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-pictures-'));
  host = await startScriptedApi(({ socket }) => socket.write(answer(200, Buffer.from(image))));
  await start();
});

afterEach(async () => {
  await host.close();
  await pictures.close();
  await rm(folder, { recursive: true });
});

describe('a picture at an address', () => {
  test('is fetched once, looked at, and kept beyond a restart', async () => {
    const first = await fetch();
    expect(first).toMatchObject({ type: 'png', width: 64, height: 64, blank: false });
    expect(Buffer.from(first.bytes).equals(image)).toBe(true);
    await restart();
    const second = await fetch();
    expect(Buffer.from(second.bytes).equals(image)).toBe(true);
    expect(host.requests).toHaveLength(1);
    expect(pictures.size()).toBe(image.length);
  });

  test('that is black is handed over as blank, and not asked for again', async () => {
    host.script = ({ socket }) => socket.write(answer(200, Buffer.from(black)));
    expect((await fetch()).blank).toBe(true);
    expect((await fetch()).blank).toBe(true);
    expect(host.requests).toHaveLength(1);
  });

  test('that is no picture is lost and not kept', async () => {
    host.script = ({ socket }) =>
      socket.write(answer(200, '<html>', { 'content-type': 'image/png' }));
    await expect(fetch()).rejects.toMatchObject({ kind: 'lost' });
    expect(pictures.size()).toBe(0);
  });

  test('is fetched again where the disk spoilt it', async () => {
    await fetch();
    await writeFile(join(folder, key.generationId, '0'), 'spoilt');
    expect(Buffer.from((await fetch()).bytes).equals(image)).toBe(true);
    expect(host.requests).toHaveLength(2);
    await restart();
    expect(pictures.size()).toBe(image.length);
  });

  test('is fetched although its address is over by the clock: the host decides', async () => {
    expect(await fetch({ kind: 'address', url: host.url, expiresAt: 1 })).toMatchObject({
      width: 64,
    });
  });

  test('that another process kept is had when its address is dead', async () => {
    const other = pictures;
    await start();
    const late = pictures;
    pictures = other;
    await fetch();
    pictures = late;
    host.script = ({ socket }) => socket.write(answer(404));
    expect(Buffer.from((await fetch()).bytes).equals(image)).toBe(true);
    await rm(join(folder, key.generationId), { recursive: true });
    await expect(fetch()).rejects.toMatchObject({ kind: 'lost' });
    await other.close();
  });

  test('is not looked for on the disk before it is fetched for the first time', async () => {
    // Nobody could read that: a folder stands where the picture would.
    await mkdir(join(folder, key.generationId, '0'), { recursive: true });
    const unkept: unknown[] = [];
    await start({ onUnkept: (error) => unkept.push(error) });
    expect(Buffer.from((await fetch()).bytes).equals(image)).toBe(true);
    expect(unkept).toHaveLength(1);
  });

  test('is handed over although the spool has no room for it, and that is told', async () => {
    const unkept: unknown[] = [];
    await start({ maxBytes: image.length - 1, onUnkept: (error) => unkept.push(error) });
    expect(Buffer.from((await fetch()).bytes).equals(image)).toBe(true);
    expect(unkept).toMatchObject([{ kind: 'no-room' }]);
    expect(pictures.size()).toBe(0);
  });
});

describe('a picture that came inline', () => {
  test('is kept, and had again after a restart', async () => {
    await pictures.put(key, { kind: 'bytes', bytes: image });
    await restart();
    const picture = await fetch({ kind: 'spooled' });
    expect(Buffer.from(picture.bytes).equals(image)).toBe(true);
    expect(host.requests).toHaveLength(0);
  });

  test('is lost when it is no longer there', async () => {
    await pictures.put(key, { kind: 'bytes', bytes: image });
    await pictures.delete(key.generationId);
    await expect(fetch({ kind: 'spooled' })).rejects.toMatchObject({ kind: 'lost' });
    await pictures.delete(key.generationId);
  });

  test('is lost when it cannot be decoded, but not thrown away', async () => {
    await pictures.put(key, { kind: 'bytes', bytes: image.subarray(0, 150) });
    await expect(fetch({ kind: 'spooled' })).rejects.toMatchObject({ kind: 'lost' });
    expect(pictures.size()).toBe(150);
  });

  test('is refused when it is too large', async () => {
    const bytes = new Uint8Array(10 * mib + 1);
    await expect(pictures.put(key, { kind: 'bytes', bytes })).rejects.toMatchObject({
      kind: 'lost',
    });
  });
});

describe('the whole', () => {
  test('has room by four MiB a picture, before anything is paid for', async () => {
    await start({ maxBytes: 20 * mib });
    expect(await pictures.hasRoom(4)).toBe(true);
    expect(await pictures.hasRoom(5)).toBe(false);
    await start({ minFreeBytes: Number.MAX_SAFE_INTEGER });
    expect(await pictures.hasRoom(1)).toBe(false);
  });

  test('fits pictures while others are being looked at', async () => {
    const picture = await fetch();
    const limits = { fileBytes: 5000, totalBytes: 20_000 };
    const [fitted] = await Promise.all([
      pictures.fit([picture, picture], limits),
      ...Array.from({ length: 5 }, () => fetch()),
    ]);
    expect(fitted.map(({ type }) => type)).toEqual(['webp', 'webp']);
  });

  test('prunes by age', async () => {
    await fetch();
    expect(await pictures.prune(Date.now() - 60_000)).toBe(0);
    expect(await pictures.prune(Date.now() + 60_000)).toBe(1);
    expect(pictures.size()).toBe(0);
  });

  test('tells the metrics how much it holds', async () => {
    const metrics = createMetrics();
    const held = async (): Promise<number | undefined> =>
      (await metrics.spoolBytes.get()).values[0]?.value;
    await start({ metrics });
    await fetch();
    expect(await held()).toBe(image.length);
    await pictures.delete(key.generationId);
    expect(await held()).toBe(0);
  });

  test('can be closed twice', async () => {
    await fetch();
    await pictures.close();
    await pictures.close();
  });
});
