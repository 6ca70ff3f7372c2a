import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createBuffers } from '../../src/pictures/buffers.ts';
import { createWriteThrough } from '../../src/pictures/write-through.ts';

const now = Date.UTC(2026, 10, 20);
const folders: string[] = [];

async function folderIn(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'easel-write-'));
  folders.push(folder);
  return folder;
}

/** Bytes of which no two neighbours are alike, in whole pages or just anywhere. */
function picture(length: number, kind: 'pages' | 'anywhere'): Buffer<ArrayBuffer> {
  const bytes =
    kind === 'pages' ? createBuffers(0).take(length) : Buffer.alloc(length + 1).subarray(1);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31) % 251;
  return bytes;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

// A disk in memory may refuse to be written to directly, and then takes an ordinary write.
const disks = [tmpdir(), '/dev/shm'].filter((parent) => existsSync(parent));

describe.each(disks)('a picture written to the disk of %s', (parent) => {
  test.each([1, 4095, 4096, 4097, 1_500_000])('is what it was, at %i bytes', async (length) => {
    const folder = await folderIn(parent);
    const write = createWriteThrough();
    for (const kind of ['pages', 'anywhere'] as const) {
      const path = join(folder, kind);
      await write(path, picture(length, kind), now);
      expect((await readFile(path)).equals(picture(length, kind)), kind).toBe(true);
      const { mtimeMs, mode } = await stat(path);
      expect(mtimeMs).toBe(now);
      expect(mode & 0o777).toBe(0o600);
    }
  });

  test('takes the place of what another try left', async () => {
    const path = join(await folderIn(parent), 'picture');
    const write = createWriteThrough();
    await write(path, picture(9000, 'pages'), now);
    await write(path, picture(100, 'pages'), now);
    expect((await readFile(path)).equals(picture(100, 'pages'))).toBe(true);
  });

  test('needs its folder, and says so', async () => {
    const path = join(await folderIn(parent), 'missing', 'picture');
    const write = createWriteThrough();
    for (const kind of ['pages', 'anywhere'] as const)
      await expect(write(path, picture(5000, kind), now)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe.skipIf(constants.O_DIRECT === undefined)('whole pages', () => {
  /** Opens files, and writes down which of them past the cache; a disk may refuse that. */
  function opening(refuses: boolean) {
    const direct: boolean[] = [];
    const openFile = async (path: string, flags: number, mode: number) => {
      const isDirect = (flags & constants.O_DIRECT) !== 0;
      direct.push(isDirect);
      if (isDirect && refuses) throw Object.assign(new Error('refused'), { code: 'EINVAL' });
      return open(path, flags & ~constants.O_DIRECT, mode);
    };
    return { direct, write: createWriteThrough(openFile) };
  }

  test('are written past the cache, other bytes are not', async () => {
    const folder = await folderIn(tmpdir());
    const { direct, write } = opening(false);
    for (const kind of ['pages', 'anywhere', 'pages'] as const)
      await write(join(folder, kind), picture(5000, kind), now);
    expect(direct).toEqual([true, false, true]);
  });

  test('are written in the ordinary way where the disk refuses, and from then on', async () => {
    const folder = await folderIn(tmpdir());
    const { direct, write } = opening(true);
    for (const name of ['one', 'two']) {
      await write(join(folder, name), picture(5000, 'pages'), now);
      expect((await readFile(join(folder, name))).equals(picture(5000, 'pages'))).toBe(true);
    }
    expect(direct).toEqual([true, false, false]);
  });

  // A device that takes no direct writes, and says that it is full to ordinary ones.
  test.skipIf(!existsSync('/dev/full'))('of a full disk fail by its own word', async () => {
    const write = createWriteThrough();
    await expect(write('/dev/full', picture(5000, 'pages'), now)).rejects.toMatchObject({
      code: 'ENOSPC',
    });
  });
});
