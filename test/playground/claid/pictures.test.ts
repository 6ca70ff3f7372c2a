import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import type { ClaidSettings } from '../../../src/playground/claid/settings.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { ask, bytesAt, urls } from './ask.ts';

describe('served pictures', () => {
  it.each<[ClaidSettings['pictures'], number, number | undefined]>([
    ['painted', 1024, undefined],
    ['small', 64, undefined],
    ['fixed', 1024, 300_000],
  ])(
    'in the mode %s are valid, all different, and known byte for byte',
    async (pictures, side, size) => {
      const claid = await startClaid({
        clock: createShiftedClock(),
        latencyMs: 0,
        windows: 'off',
        pictures,
        fixedBytes: size ?? 0,
      });
      const replies = [
        await ask(claid, { input: 'a fox' }),
        await ask(claid, { input: 'a fox' }),
        await ask(claid, { input: 'a cat' }),
      ];
      const seen = new Set<string>();
      for (const reply of replies) {
        const requestId = reply.headers.get('x-request-id') ?? '';
        for (const [index, url] of urls(reply).entries()) {
          const bytes = await bytesAt(url);
          expect(bytes.equals(await claid.pictureBytes(url))).toBe(true);
          expect(bytes.equals(await claid.pictureBytes(requestId, index))).toBe(true);
          expect(await sharp(bytes).metadata()).toMatchObject({ width: side, height: side });
          // Decodes every row and checks every checksum.
          await sharp(bytes, { failOn: 'warning' }).raw().toBuffer();
          if (size !== undefined) expect(bytes.length).toBe(size);
          seen.add(bytes.toString('base64'));
        }
      }
      expect(seen.size).toBe(12);
      await expect(claid.pictureBytes('no-such-request', 0)).rejects.toThrow('no picture');
      await claid.close();
    },
  );

  it('are the same in two runs of the same seed, and others with another seed', async () => {
    const run = async (seed: number): Promise<string> => {
      const claid = await startClaid({
        clock: createShiftedClock(),
        latencyMs: 0,
        pictures: 'small',
        seed,
      });
      const [url = ''] = urls(await ask(claid, { input: 'a fox' }));
      const bytes = await bytesAt(url);
      await claid.close();
      return bytes.toString('base64');
    };
    expect(await run(5)).toBe(await run(5));
    expect(await run(5)).not.toBe(await run(6));
  });

  it('can be asked for with HEAD', async () => {
    const claid = await startClaid({
      clock: createShiftedClock(),
      latencyMs: 0,
      pictures: 'small',
    });
    const [url = ''] = urls(await ask(claid, { input: 'a fox' }));
    const response = await fetch(url, { method: 'HEAD' });
    const bytes = await claid.pictureBytes(url);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    await claid.close();
  });
});
