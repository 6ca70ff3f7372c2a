import { describe, expect, test } from 'vitest';
import { createBuffers, pagesOf } from '../../src/pictures/buffers.ts';

const megabyte = 1024 * 1024;

describe('buffers', () => {
  test('one that was given back is used again, also for another length', () => {
    const buffers = createBuffers(4 * megabyte);
    const first = buffers.take(megabyte);
    buffers.give(first);
    const second = buffers.take(megabyte - 1000);
    expect(second.buffer).toBe(first.buffer);
    expect(second).toHaveLength(megabyte - 1000);
  });

  test('one that is still used is never handed out a second time', () => {
    const buffers = createBuffers(4 * megabyte);
    const first = buffers.take(megabyte);
    expect(buffers.take(megabyte).buffer).not.toBe(first.buffer);
    buffers.give(first);
    buffers.give(first);
    const again = [buffers.take(megabyte), buffers.take(megabyte)];
    expect(again[0]?.buffer).toBe(first.buffer);
    expect(again[1]?.buffer).not.toBe(first.buffer);
  });

  test('a small picture does not take a large buffer', () => {
    const buffers = createBuffers(64 * megabyte);
    const large = buffers.take(32 * megabyte);
    buffers.give(large);
    expect(buffers.take(1000).buffer).not.toBe(large.buffer);
  });

  test('no more is kept than the bound', () => {
    const buffers = createBuffers(megabyte);
    const [first, second] = [buffers.take(megabyte), buffers.take(megabyte)];
    buffers.give(first);
    buffers.give(second);
    expect(buffers.take(megabyte).buffer).toBe(first.buffer);
    expect(buffers.take(megabyte).buffer).not.toBe(second.buffer);
  });

  test('bytes that were never taken are left alone', () => {
    const buffers = createBuffers(4 * megabyte);
    const foreign = Buffer.alloc(megabyte);
    buffers.give(foreign);
    expect(buffers.take(megabyte).buffer).not.toBe(foreign.buffer);
  });
});

describe('the pages of a buffer', () => {
  test('are the bytes with what follows up to the end of the last page', () => {
    const bytes = createBuffers(megabyte).take(10_000);
    bytes.fill(7);
    const pages = pagesOf(bytes);
    expect(pages).toHaveLength(3 * 4096);
    expect(pages?.subarray(0, 10_000)).toEqual(new Uint8Array(10_000).fill(7));
    expect(pages?.buffer).toBe(bytes.buffer);
  });

  test('are none where bytes begin anywhere, or end in the middle of one', () => {
    const bytes = createBuffers(megabyte).take(10_000);
    expect(pagesOf(bytes.subarray(1))).toBeUndefined();
    expect(pagesOf(Buffer.alloc(8192))).toBeUndefined();
    expect(pagesOf(new Uint8Array(new ArrayBuffer(5000, { maxByteLength: 5000 })))).toBeUndefined();
  });
});
