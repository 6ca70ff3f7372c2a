import { describe, expect, it } from 'vitest';
import { standInNames } from '../../../src/playground/stand-ins.ts';
import { readArguments, UsageError } from '../../../src/playground/terminal/arguments.ts';

describe('the command line of the playground', () => {
  it('nothing means to stay and take lines, with every image API', () => {
    expect(readArguments([])).toEqual({ kind: 'live', providers: standInNames, server: 'openai' });
  });

  it('--once takes a prompt and the options of the command, with Claid alone', () => {
    const options =
      '--images 2 --guidance 7 --private --spoiler --model claid --seed 9 --aspect 16:9 --steps 30 --negative snow --style anime --scheduler K --image a.png --strength 0.5';
    expect(readArguments(['--once', 'a fox', ...options.split(' ')])).toEqual({
      kind: 'once',
      prompt: 'a fox',
      options: {
        images: '2',
        guidance: '7',
        private: 'true',
        spoiler: 'true',
        model: 'claid',
        seed: '9',
        aspect: '16:9',
        steps: '30',
        negative: 'snow',
        style: 'anime',
        scheduler: 'K',
        image: 'a.png',
        strength: '0.5',
      },
      providers: ['claid'],
      server: 'openai',
    });
  });

  it('--script takes a file', () => {
    expect(readArguments(['--script', 'member.txt'])).toEqual({
      kind: 'script',
      file: 'member.txt',
      providers: standInNames,
      server: 'openai',
    });
  });

  it('--server says which server speaks as OpenAI does', () => {
    expect(readArguments(['--server', 'sd-cpp', '--provider', 'openai'])).toEqual({
      kind: 'live',
      providers: ['openai'],
      server: 'sd-cpp',
    });
    expect(readArguments(['--once', 'a fox', '--server', 'localai'])).toMatchObject({
      providers: ['openai'],
      server: 'localai',
    });
  });

  it.each([
    [['--provider', 'kidjig'], ['kidjig']],
    [
      ['--provider', 'Stablecog, claid,stablecog'],
      ['stablecog', 'claid'],
    ],
    [['--once', 'a fox', '--provider', 'all'], standInNames],
    [['--script', 'x', '--provider', 'claid'], ['claid']],
  ])('%j names the image APIs, the default first', (given, providers) => {
    expect(readArguments(given)).toMatchObject({ providers });
  });

  it.each([
    [['--once', 'a', 'fox'], 'quotes'],
    [['--twice'], '--twice'],
    [['--once'], '--once'],
    [['--once', 'a fox', '--script', 'x'], 'together'],
    [['--images', '2'], '--once'],
    [['--seed', '2'], '--seed goes with --once'],
    [['--provider', 'dalle'], 'claid, stablecog'],
    [['--server', 'comfy'], 'vllm-omni'],
    [['--provider', ''], 'claid, stablecog'],
  ])('%j is answered with what to mend', (given, hint) => {
    expect(() => readArguments(given)).toThrow(UsageError);
    expect(() => readArguments(given)).toThrow(hint);
  });
});
