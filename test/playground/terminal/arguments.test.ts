import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from '../../../src/playground/terminal/arguments.ts';

describe('the command line of the playground', () => {
  it('nothing means to stay and take lines', () => {
    expect(readArguments([])).toEqual({ kind: 'live' });
  });

  it('--once takes a prompt and the options of the command', () => {
    expect(
      readArguments(['--once', 'a fox', '--images', '2', '--guidance', '7', '--private']),
    ).toEqual({ kind: 'once', prompt: 'a fox', images: '2', guidance: '7', private: true });
  });

  it('--script takes a file', () => {
    expect(readArguments(['--script', 'member.txt'])).toEqual({
      kind: 'script',
      file: 'member.txt',
    });
  });

  it.each([
    [['--once', 'a', 'fox'], 'quotes'],
    [['--twice'], '--twice'],
    [['--once'], '--once'],
    [['--once', 'a fox', '--script', 'x'], 'together'],
    [['--images', '2'], '--once'],
  ])('%j is answered with what to mend', (given, hint) => {
    expect(() => readArguments(given)).toThrow(UsageError);
    expect(() => readArguments(given)).toThrow(hint);
  });
});
