import { parseArgs } from 'node:util';
import type { OpenaiServer } from '../openai/dialects.ts';
import { standInNames, standInTitles } from '../stand-ins.ts';
import type { StandInName } from '../stand-ins.ts';

/** What was asked for on the command line. */
export type Play =
  | { readonly kind: 'help' }
  | ({ readonly kind: 'live' } & Apis)
  | ({ readonly kind: 'script'; readonly file: string } & Apis)
  | Once;

/** The image APIs that the bot is to have. */
interface Apis {
  /** The default first; never empty. */
  readonly providers: readonly StandInName[];
  /** Which of the servers that speak as OpenAI does. */
  readonly server: OpenaiServer;
}

export interface Once extends Apis {
  readonly kind: 'once';
  readonly prompt: string;
  /** Options of `/imagine` as they were typed: what is allowed is for Discord's client and the bot to say. */
  readonly options: Readonly<Record<string, string>>;
}

/** A command line that cannot be followed; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const servers: readonly OpenaiServer[] = ['openai', 'localai', 'sd-cpp', 'vllm-omni'];

export const usage = `The playground: the real bot between stand-ins of Discord and of image APIs, all on this machine.

  npm run playground                                   stays; type commands, "help" lists them
  npm run playground -- --once "a fox in the snow"     one /imagine, its pictures in out/, then leaves
        --images 2   --aspect 16:9   --seed 7   --model stablecog/flux.1   --image photo.png
        --style NAME --negative TEXT --guidance 7 --steps 30 --scheduler NAME --strength 0.5
        --spoiler    --private                         its options, as far as the model takes them
  npm run playground -- --script FILE                  plays a file of such lines

  --provider stablecog                                 the image APIs that the bot has, the default first:
                                                       ${standInNames.join(', ')}, several with commas, or all
                                                       (--once: claid alone, or openai where a server is named; else all)
  --server vllm-omni                                   which server openai is: ${servers.join(', ')}`;

const texts =
  'model images aspect style negative seed guidance steps scheduler image strength'.split(' ');
const switches = ['spoiler', 'private'];

/** @throws {UsageError} */
export function readArguments(given: readonly string[]): Play {
  const { values, positionals } = parse(given);
  const { help, once, script, provider, server: givenServer, ...rest } = values;
  if (help === true) return { kind: 'help' };
  if (once !== undefined && script !== undefined)
    throw new UsageError('--once and --script cannot be had together.');
  const [stray] = positionals;
  if (stray !== undefined)
    throw new UsageError(
      `What is "${stray}"? A prompt with spaces needs quotes: --once "a fox in the snow".`,
    );
  const options = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, String(value)]),
  );
  const server = readServer(givenServer ?? 'openai');
  if (typeof once === 'string')
    return {
      kind: 'once',
      prompt: once,
      options,
      providers: readProviders(provider ?? (givenServer === undefined ? 'claid' : 'openai')),
      server,
    };
  const [lonely] = Object.keys(options);
  if (lonely !== undefined) throw new UsageError(`--${lonely} goes with --once.`);
  const providers = readProviders(provider ?? 'all');
  return typeof script === 'string'
    ? { kind: 'script', file: script, providers, server }
    : { kind: 'live', providers, server };
}

/** The titles of stand-ins in one line, for people. */
export function titlesOf(providers: readonly StandInName[]): string {
  const titles = providers.map((name) => standInTitles[name]);
  return titles.length < 2
    ? titles.join('')
    : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

function readProviders(given: unknown): readonly StandInName[] {
  if (given === 'all') return standInNames;
  const names = String(given)
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const known = names.flatMap((name) => standInNames.find((each) => each === name) ?? []);
  if (known.length < names.length)
    throw new UsageError(
      `--provider takes ${standInNames.join(', ')}, several of them with commas between, or all.`,
    );
  return [...new Set(known)];
}

function readServer(given: unknown): OpenaiServer {
  const server = servers.find((each) => each === given);
  if (server === undefined) throw new UsageError(`--server takes ${servers.join(', ')}.`);
  return server;
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        once: { type: 'string' },
        script: { type: 'string' },
        provider: { type: 'string' },
        server: { type: 'string' },
        ...Object.fromEntries(texts.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(switches.map((name) => [name, { type: 'boolean' as const }])),
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
