import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openSpool, type Spool, type SpoolOptions } from '../../src/pictures/spool.ts';

const key = { generationId: '1234567890-0', index: 2 };
const bytes = Buffer.from('a picture, as good as any');

let root: string;
let folder: string;
let now: number;
const sizes: number[] = [];

function start(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  return openSpool({
    folder,
    maxBytes: 1000,
    minFreeBytes: 0,
    clock: { ...systemClock, now: () => now },
    onSize: (size) => sizes.push(size),
    ...options,
  });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'easel-spool-'));
  folder = join(root, 'data', 'pictures');
  now = Date.now();
  sizes.length = 0;
});

afterEach(() => rm(root, { recursive: true }));

describe('a picture in the spool', () => {
  test('is read back byte for byte, under its generation and index', async () => {
    const spool = await start();
    await spool.write(key, bytes);
    expect(await spool.read(key)).toEqual(bytes);
    expect(await readFile(join(folder, '1234567890-0', '2'))).toEqual(bytes);
    expect(await readdir(join(folder, '1234567890-0'))).toEqual(['2']);
  });

  test('survives a restart, and so does the count', async () => {
    await (await start()).write(key, bytes);
    const again = await start();
    expect(await again.read(key)).toEqual(bytes);
    expect(again.size()).toBe(bytes.length);
  });

  test('is counted once when it is written twice', async () => {
    const spool = await start();
    await spool.write(key, Buffer.alloc(500));
    await spool.write(key, bytes);
    expect(spool.size()).toBe(bytes.length);
    await Promise.all([spool.write(key, bytes), spool.write(key, bytes), spool.write(key, bytes)]);
    expect(spool.size()).toBe(bytes.length);
    expect(sizes.at(-1)).toBe(bytes.length);
  });

  test('that is not there is nothing', async () => {
    expect(await (await start()).read(key)).toBeUndefined();
  });

  test('is gone when it is removed, and so is the folder of the last one', async () => {
    const spool = await start();
    await spool.write(key, bytes);
    await spool.write({ ...key, index: 0 }, bytes);
    await spool.remove(key);
    expect(await spool.read(key)).toBeUndefined();
    expect(spool.size()).toBe(bytes.length);
    await spool.removeAll(key.generationId);
    expect(await readdir(folder)).toEqual([]);
    expect(spool.size()).toBe(0);
    await spool.removeAll(key.generationId);
    expect(spool.size()).toBe(0);
  });

  test('can be read by nobody else on the machine', async () => {
    await (await start()).write(key, bytes);
    const { mode } = await stat(join(folder, '1234567890-0', '2'));
    expect(mode & 0o077).toBe(0);
  });

  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    '/etc',
    '-rf',
    'a b',
    'a\0b',
    'ä',
    'x'.repeat(65),
  ])('never leaves the folder by an id like "%s"', async (generationId) => {
    const spool = await start();
    await expect(spool.write({ generationId, index: 0 }, bytes)).rejects.toThrow(RangeError);
    await expect(spool.read({ generationId, index: 0 })).rejects.toThrow(RangeError);
    await expect(spool.removeAll(generationId)).rejects.toThrow(RangeError);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([-1, 0.5, NaN, Infinity, 1000])('never has an index like %d', async (index) => {
    const spool = await start();
    await expect(spool.write({ ...key, index }, bytes)).rejects.toThrow(RangeError);
  });
});

describe('what a crash left', () => {
  async function leave(name: string, ageMs: number): Promise<string> {
    const path = join(folder, key.generationId, name);
    await mkdir(join(folder, key.generationId), { recursive: true });
    await writeFile(path, bytes);
    await utimes(path, (now - ageMs) / 1000, (now - ageMs) / 1000);
    return path;
  }

  test('is removed at the next start, and never read as a picture', async () => {
    await leave('2.0b1f.part', 11 * 60_000);
    const spool = await start();
    expect(await spool.read(key)).toBeUndefined();
    expect(spool.size()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('stays while another process may still be writing it', async () => {
    await leave('2.0b1f.part', 60_000);
    const spool = await start();
    expect(await readdir(join(folder, key.generationId))).toEqual(['2.0b1f.part']);
    now += 11 * 60_000;
    expect(await spool.prune(0)).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('as an empty folder does not stay', async () => {
    await mkdir(join(folder, key.generationId), { recursive: true });
    await start();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of things that are none of ours is left alone', async () => {
    await mkdir(join(folder, 'lost+found.d'), { recursive: true });
    await writeFile(join(folder, 'README'), 'hands off');
    const spool = await start();
    await spool.prune(now + 1e9);
    expect((await readdir(folder)).sort()).toEqual(['README', 'lost+found.d']);
  });
});

describe('what was shown', () => {
  const three = Buffer.alloc(300, 'x');
  const keyOf = (generationId: string) => ({ generationId, index: 0 });
  /** A disk that has nothing but the spool on it. */
  const diskOf = (totalBytes: number) => async (within: string) => {
    const files = await readdir(within, { recursive: true, withFileTypes: true });
    const taken = files
      .filter((file) => file.isFile())
      .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
    return (await Promise.all(taken)).reduce((free, size) => free - size, totalBytes);
  };

  test('is kept while there is room, and goes, oldest first, when room is needed', async () => {
    const spool = await start();
    for (const id of ['1-0', '2-0', '3-0']) await spool.write(keyOf(id), three);
    expect(await spool.hasRoom(300)).toBe(false);
    await spool.shown('2-0');
    await spool.shown('1-0');
    expect(await spool.read(keyOf('2-0'))).toBeDefined();
    expect(await spool.hasRoom(300)).toBe(true);
    expect(await spool.read(keyOf('2-0'))).toBeUndefined();
    expect(await spool.read(keyOf('1-0'))).toBeDefined();
    await spool.write(keyOf('4-0'), three);
    await spool.write(keyOf('5-0'), three);
    expect(await spool.read(keyOf('1-0'))).toBeUndefined();
    expect(await spool.read(keyOf('3-0'))).toBeDefined();
    await expect(spool.write(keyOf('6-0'), three)).rejects.toMatchObject({ kind: 'no-room' });
  });

  test('is remembered by a restart, and leaves nothing behind', async () => {
    const spool = await start();
    await spool.write(key, three);
    await spool.shown(key.generationId);
    await spool.shown('99-0');
    const again = await start();
    expect(again.size()).toBe(300);
    expect(await again.hasRoom(800)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  test('goes in the order in which it was shown, also after a restart', async () => {
    const spool = await start();
    for (const id of ['1-0', '2-0', '3-0']) await spool.write(keyOf(id), three);
    for (const id of ['3-0', '1-0', '2-0']) {
      await spool.shown(id);
      now += 1000;
    }
    const again = await start();
    expect(await again.hasRoom(300)).toBe(true);
    expect(await readdir(folder)).toEqual(['1-0', '2-0']);
    expect(await again.hasRoom(600)).toBe(true);
    expect(await readdir(folder)).toEqual(['2-0']);
  });

  test('gives way where the disk has too little free, and only as much as is needed', async () => {
    const spool = await start({ minFreeBytes: 100, freeBytes: diskOf(1000) });
    for (const id of ['1-0', '2-0', '3-0']) await spool.write(keyOf(id), three);
    expect(await spool.hasRoom(1)).toBe(false);
    await spool.shown('2-0');
    await spool.shown('3-0');
    expect(await spool.hasRoom(300)).toBe(true);
    expect(await readdir(folder)).toEqual(['1-0', '3-0']);
    await spool.write(keyOf('4-0'), three);
    // Only 100 bytes are free now.
    await spool.write(keyOf('5-0'), three);
    expect(await readdir(folder)).toEqual(['1-0', '4-0', '5-0']);
    expect(await spool.hasRoom(1)).toBe(false);
  });

  test('is not thrown away for what would not fit into an empty spool', async () => {
    const spool = await start();
    await spool.write(key, three);
    await spool.shown(key.generationId);
    expect(await spool.hasRoom(901)).toBe(false);
    await expect(spool.write({ ...key, index: 0 }, Buffer.alloc(1001))).rejects.toMatchObject({
      kind: 'no-room',
    });
    expect(await spool.read(key)).toEqual(three);
  });

  test('does not give way to a picture of its own generation', async () => {
    const spool = await start();
    for (const index of [0, 1, 2]) await spool.write({ ...key, index }, three);
    await spool.shown(key.generationId);
    await expect(spool.write({ ...key, index: 3 }, three)).rejects.toMatchObject({
      kind: 'no-room',
    });
    expect(spool.size()).toBe(900);
  });

  test('is thrown away once for pictures that come together', async () => {
    const spool = await start();
    for (const id of ['1-0', '2-0', '3-0']) {
      await spool.write(keyOf(id), three);
      await spool.shown(id);
    }
    await Promise.all([0, 1, 2].map((index) => spool.write({ ...key, index }, Buffer.alloc(100))));
    expect((await readdir(folder)).sort()).toEqual([key.generationId, '2-0', '3-0']);
    expect(spool.size()).toBe(900);
  });

  test('takes its mark along, whether it is deleted or too old, and no mark counts', async () => {
    const spool = await start();
    for (const id of ['1-0', '2-0']) {
      await spool.write(keyOf(id), bytes);
      await spool.shown(id);
    }
    expect(spool.size()).toBe(2 * bytes.length);
    await spool.removeAll('1-0');
    expect(await readdir(folder)).toEqual(['2-0']);
    expect(await spool.prune(now + 1000)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
    expect(spool.size()).toBe(0);
  });

  test('may come again, and is not shown then until that is said again', async () => {
    const spool = await start();
    await spool.write(key, three);
    await spool.shown(key.generationId);
    await spool.write(keyOf('1-0'), Buffer.alloc(800));
    expect(await spool.read(key)).toBeUndefined();
    await spool.removeAll('1-0');
    await spool.write(key, three);
    await expect(spool.write(keyOf('1-0'), Buffer.alloc(800))).rejects.toMatchObject({
      kind: 'no-room',
    });
  });

  test('is room as well where another process has thrown it away already', async () => {
    const spool = await start();
    await spool.write(key, three);
    await spool.write(keyOf('1-0'), three);
    await spool.shown(key.generationId);
    now += 1000;
    await spool.shown('1-0');
    await rm(join(folder, key.generationId), { recursive: true });
    expect(await spool.hasRoom(600)).toBe(true);
    expect(await spool.read(keyOf('1-0'))).toEqual(three);
    expect(spool.size()).toBe(300);
  });

  test('is known from the next pruning on where another process said so', async () => {
    const other = await start();
    await other.write(key, three);
    const spool = await start();
    await other.shown(key.generationId);
    expect(await spool.hasRoom(800)).toBe(false);
    await spool.prune(0);
    expect(await spool.hasRoom(800)).toBe(true);
  });

  test('has an id and nothing else', async () => {
    await expect((await start()).shown('../x')).rejects.toThrow(RangeError);
  });
});

describe('pruning', () => {
  test('removes what is older than the time by the clock, and tells how many', async () => {
    const spool = await start();
    await spool.write(key, bytes);
    now += 3_600_000;
    await spool.write({ ...key, index: 1 }, bytes);
    await spool.write({ generationId: '99-1', index: 0 }, bytes);
    expect(await spool.prune(now - 1000)).toBe(1);
    expect(spool.size()).toBe(2 * bytes.length);
    expect(await spool.read(key)).toBeUndefined();
    expect(await spool.prune(now + 1000)).toBe(2);
    expect(spool.size()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('sets the count right where somebody else removed files', async () => {
    const spool = await start();
    await spool.write(key, bytes);
    await rm(join(folder, key.generationId), { recursive: true });
    expect(spool.size()).toBe(bytes.length);
    await spool.prune(0);
    expect(spool.size()).toBe(0);
    expect(sizes.at(-1)).toBe(0);
  });

  test('does not disturb pictures that come meanwhile', async () => {
    const spool = await start({ maxBytes: 100_000 });
    const keys = Array.from({ length: 40 }, (_, index) => ({
      generationId: `${index % 8}-0`,
      index,
    }));
    await Promise.all([
      ...keys.map((one) => spool.write(one, bytes)),
      ...Array.from({ length: 10 }, () => spool.prune(0)),
    ]);
    for (const one of keys) expect(await spool.read(one)).toEqual(bytes);
    expect(spool.size()).toBe(keys.length * bytes.length);
    expect((await start()).size()).toBe(spool.size());
  });
});

describe('room', () => {
  test('is refused above the bound, and nothing young is thrown away for it', async () => {
    const spool = await start({ maxBytes: 100 });
    await spool.write(key, Buffer.alloc(60));
    const next = { ...key, index: 3 };
    await expect(spool.write(next, Buffer.alloc(41))).rejects.toMatchObject({ kind: 'no-room' });
    expect(await spool.read(key)).toHaveLength(60);
    await spool.write(next, Buffer.alloc(40));
    expect(spool.size()).toBe(100);
  });

  test('is not given twice to pictures that come together', async () => {
    const spool = await start({ maxBytes: 100 });
    const written = await Promise.allSettled(
      [0, 1, 2].map((index) => spool.write({ ...key, index }, Buffer.alloc(40))),
    );
    expect(written.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(spool.size()).toBe(80);
  });

  test('is admitted up to nine tenths of the bound: the rest is for what is paid for', async () => {
    const spool = await start({ maxBytes: 1000 });
    expect(await spool.hasRoom(900)).toBe(true);
    expect(await spool.hasRoom(901)).toBe(false);
    await spool.write(key, Buffer.alloc(500));
    expect(await spool.hasRoom(400)).toBe(true);
    expect(await spool.hasRoom(401)).toBe(false);
  });

  test('is refused where the disk would have too little left', async () => {
    expect(await (await start({ minFreeBytes: 0 })).hasRoom(1)).toBe(true);
    expect(await (await start({ minFreeBytes: Number.MAX_SAFE_INTEGER })).hasRoom(1)).toBe(false);
  });

  test('is refused where the folder has gone', async () => {
    const spool = await start();
    await rm(folder, { recursive: true });
    expect(await spool.hasRoom(1)).toBe(false);
  });

  test('comes back when a write has failed', async () => {
    const spool = await start({ maxBytes: 100 });
    // A file in the place of the generation's folder.
    await writeFile(join(folder, key.generationId), '');
    await expect(spool.write(key, Buffer.alloc(90))).rejects.toMatchObject({ kind: 'later' });
    await rm(join(folder, key.generationId));
    await spool.write(key, Buffer.alloc(90));
    expect(spool.size()).toBe(90);
  });
});
