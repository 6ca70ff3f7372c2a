import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportFile } from '../../commands/privacy/export-file.ts';

const data = { requests: [{ prompt: 'ein Fuchs 🦊' }], more: 'a'.repeat(2_000) };

describe('the file of an export', () => {
  it('is JSON that people can read, where it fits', async () => {
    const file = await exportFile('easel-1', data, 10_000);
    if ('tooLargeBytes' in file) throw new Error('it fits');
    expect(file).toMatchObject({ name: 'easel-1.json', contentType: 'application/json' });
    expect(file.packed).toBe(false);
    expect(JSON.parse(file.bytes.toString())).toEqual(data);
    expect(file.bytes.toString()).toContain('\n  "requests": [\n');
  });

  it('is packed where it would not fit otherwise', async () => {
    const file = await exportFile('easel-1', data, 1_000);
    if ('tooLargeBytes' in file) throw new Error('it fits when packed');
    expect(file).toMatchObject({ name: 'easel-1.json.gz', contentType: 'application/gzip' });
    expect(file.packed).toBe(true);
    expect(file.bytes.length).toBeLessThanOrEqual(1_000);
    expect(JSON.parse(gunzipSync(file.bytes).toString())).toEqual(data);
  });

  it('is none where even that is too large, and says how large', async () => {
    const file = await exportFile('easel-1', data, 10);
    expect(file).toEqual({ tooLargeBytes: expect.any(Number) as number });
  });

  it('fits up to the very byte', async () => {
    const { length } = Buffer.from(`${JSON.stringify(data, undefined, 2)}\n`);
    expect(await exportFile('x', data, length)).toMatchObject({ packed: false });
    expect(await exportFile('x', data, length - 1)).toMatchObject({ packed: true });
  });
});
