import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { begin, play } from './play.ts';

describe('npm run playground, with lines from a pipe', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-live-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('answers line by line, each only when the one before has its answer', async () => {
    const lines = ['help', '/imagine a fox images:1', 'press 1', 'press 2', '/usage', 'what?'];
    const { output, exitCode } = await play(folder, [], lines.join('\n'));
    expect(exitCode).toBe(0);
    const order = [
      'raw /imagine a fox images:9',
      'Painting …',
      'out/a-fox-1.png',
      '[1 Delete]',
      'Delete these pictures for good?',
      '[2 Yes, delete]',
      '✕ deleted: a fox',
      'Your credits',
      'I do not know "what?"',
      'Stopping the bot …',
    ].map((text) => ({ text, at: output.indexOf(text) }));
    expect(order.filter(({ at }) => at < 0)).toEqual([]);
    expect(order.map(({ text }) => text)).toEqual(
      order.toSorted((a, b) => a.at - b.at).map(({ text }) => text),
    );
  });

  it('Ctrl-C stops the bot in good order, even while an answer is held back', async () => {
    const child = begin(folder, []);
    onTestFinished(() => void child.kill('SIGKILL'));
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error('not piped');
    const seen: string[] = [];
    const output = createInterface({ input: stdout });
    const painting = Promise.withResolvers<void>();
    output.on('line', (line) => {
      seen.push(line);
      if (line.includes('Painting …')) painting.resolve();
    });
    stdin.write('fault claid slow\n/imagine a fox images:1\nwait never said\n');
    await painting.promise;
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    await exit;
    expect(child.exitCode).toBe(0);
    expect(seen).toContain('Stopping the bot …');
  });
});
