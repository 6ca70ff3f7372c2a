import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from './play.ts';

const transcripts = new URL('../../transcripts', import.meta.url).pathname;
const names = readdirSync(transcripts)
  .filter((file) => file.endsWith('.txt') && !file.endsWith('.expected.txt'))
  .map((file) => file.slice(0, -'.txt'.length));

/** Several programs run at once; on a busy machine the longest story takes half of it. */
const timeoutMs = 60_000;

// `npx vitest run test/playground/terminal -u` writes the expected outputs anew: read what changed.
describe.concurrent('a transcript is answered as expected', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-transcripts-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  for (const name of names)
    it(`${name}.txt`, { timeout: timeoutMs }, async ({ expect: expectHere }) => {
      const played = await play(folder, ['--script', join(transcripts, `${name}.txt`)]);
      await expectHere(played.output).toMatchFileSnapshot(
        join(transcripts, `${name}.expected.txt`),
      );
      expectHere(played).toMatchObject({ errors: '', exitCode: 0 });
    });

  it('a file that is not there is said to be missing', async () => {
    const { errors, exitCode } = await play(folder, ['--script', 'nowhere.txt']);
    expect(errors).toContain('nowhere.txt');
    expect(exitCode).toBe(1);
  });
});
