import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export type Play =
  | { readonly kind: 'live' }
  | { readonly kind: 'help' }
  | { readonly kind: 'script'; readonly file: string }
  | Once;

export interface Once {
  readonly kind: 'once';
  readonly prompt: string;
  /** As it was typed: what is allowed is for Discord's client and the bot to say. */
  readonly images: string | undefined;
  readonly guidance: string | undefined;
  readonly private: boolean;
}

/** A command line that cannot be followed; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `The playground: the real bot between a stand-in Discord and a stand-in Claid, all on this machine.

  npm run playground                                   stays; type commands, "help" lists them
  npm run playground -- --once "a fox in the snow"     one /imagine, its pictures in out/, then leaves
        --images 2   --guidance 7   --private          its options
  npm run playground -- --script FILE                  plays a file of such lines`;

/** @throws {UsageError} */
export function readArguments(given: readonly string[]): Play {
  const { values, positionals } = parse(given);
  if (values.help === true) return { kind: 'help' };
  const { once, script } = values;
  if (once !== undefined && script !== undefined)
    throw new UsageError('--once and --script cannot be had together.');
  const [stray] = positionals;
  if (stray !== undefined)
    throw new UsageError(
      `What is "${stray}"? A prompt with spaces needs quotes: --once "a fox in the snow".`,
    );
  if (script !== undefined) return { kind: 'script', file: script };
  if (once !== undefined)
    return {
      kind: 'once',
      prompt: once,
      images: values.images,
      guidance: values.guidance,
      private: values.private ?? false,
    };
  if (values.images !== undefined || values.guidance !== undefined || values.private === true)
    throw new UsageError('--images, --guidance and --private go with --once.');
  return { kind: 'live' };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        once: { type: 'string' },
        script: { type: 'string' },
        images: { type: 'string' },
        guidance: { type: 'string' },
        private: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
