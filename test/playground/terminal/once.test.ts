import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from './play.ts';

describe('npm run playground -- --once', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-once-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('saves the pictures, draws the answer, prints it, and leaves nothing else behind', async () => {
    const { output, errors, exitCode } = await play(folder, [
      '--once',
      'a fox in the snow',
      ...'--images 2 --guidance 7 --private'.split(' '),
    ]);
    expect({ errors, exitCode }).toEqual({ errors: '', exitCode: 0 });
    expect(await readdir(folder)).toEqual(['out']);
    const saved = (await readdir(join(folder, 'out'))).toSorted();
    expect(saved).toEqual([
      'a-fox-in-the-snow-1.png',
      'a-fox-in-the-snow-2.png',
      'answer.png',
      'bot.log',
    ]);
    const picture = await sharp(join(folder, 'out', 'a-fox-in-the-snow-1.png')).metadata();
    expect(picture).toMatchObject({ format: 'png', width: 1024, height: 1024 });
    const answer = await sharp(join(folder, 'out', 'answer.png')).metadata();
    expect(answer).toMatchObject({ format: 'png', width: 1400 });
    expect(output).toContain('alice used /imagine');
    expect(output).toContain('(only alice sees this)');
    expect(output).toMatch(/a-fox-in-the-snow-2\.png {2}1024×1024, \d+ KiB/);
    expect(output).toContain('Claid · 2 pictures · 1024 × 1024 · guidance 7');
    expect(output).toContain('in 24 hours');
    expect(output).toContain('[Delete]');
  });

  it('another image API makes them as it was asked to', async () => {
    const { output, errors, exitCode } = await play(folder, [
      '--once',
      'a fox',
      ...'--provider stablecog --images 1 --aspect 16:9 --seed 7 --spoiler'.split(' '),
    ]);
    expect({ errors, exitCode }).toEqual({ errors: '', exitCode: 0 });
    expect(output).toMatch(/a-fox-1\.jpg {2}\d+×\d+, spoiler, \d+ KiB/);
    expect(output).toMatch(/Stablecog FLUX\.1 · 1 picture · 16:9 · .* · seed 7\n/);
  });

  it('what Discord’s client refuses is said and is a failure', async () => {
    const { output, exitCode } = await play(folder, ['--once', 'a fox', '--images', '9']);
    expect(output).toContain('images: must be 4 or less');
    expect(exitCode).toBe(1);
  });

  it('an answer without pictures is a failure', async () => {
    const { output, exitCode } = await play(folder, ['--once', 'forbidden', '--images', '1']);
    expect(output).toContain('blacked');
    expect(exitCode).toBe(1);
  });

  it('a command line that makes no sense is answered with how to use it', async () => {
    const { errors, exitCode } = await play(folder, ['--once']);
    expect(errors).toContain('npm run playground -- --once "a fox in the snow"');
    expect(exitCode).toBe(1);
  });
});
