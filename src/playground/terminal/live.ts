import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { StandInName } from '../stand-ins.ts';
import { titlesOf } from './arguments.ts';
import { momentsFrom } from './moment.ts';
import type { Ink } from './print-message.ts';
import { savePicturesIn } from './saved-pictures.ts';
import { createSession } from './session.ts';
import type { Stage } from './stage.ts';

export interface LiveOptions {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly ink: Ink;
  readonly outFolder: string;
  readonly logFile: string;
  readonly providers: readonly StandInName[];
}

/**
 * Takes lines from a terminal or a pipe until one says to leave, the input ends, or Ctrl-C. On a
 * terminal lines can be typed while answers are under way; from a pipe each waits for its answer.
 *
 * @returns the exit code: 1 where the bot broke Discord's contract
 */
export async function runLive(
  openStage: () => Promise<Stage>,
  options: LiveOptions,
): Promise<number> {
  const { stdin, stdout, ink } = options;
  const isTerminal = stdin.isTTY && stdout.isTTY;
  const titles = titlesOf(options.providers);
  stdout.write(ink.faint(`Starting the stand-ins of Discord and of ${titles}, and the bot …\n`));
  const stage = await openStage();
  const input = createInterface({ input: stdin, output: isTerminal ? stdout : undefined });
  const pictures = savePicturesIn(options.outFolder);

  // What comes while somebody types goes above the line that is being typed.
  let prompting = false;
  const write = (text: string): void => {
    stdout.write(prompting ? `\r\u001b[K${text}\n` : `${text}\n`);
    if (prompting) input.prompt(true);
  };
  const session = createSession({
    stage,
    ink,
    moments: momentsFrom(() => stage.clock.now()),
    fileBytes: true,
    write,
    nameOf: (message, fileId) => pictures.pathOf(message, fileId),
  });
  const stopTelling = tell(stage, ink, write, () => session.view.flush({ progress: true }));

  write(welcome(ink, options));
  const prompt = (): void => {
    if (!isTerminal) return;
    input.setPrompt(`${session.place}> `);
    prompting = true;
    input.prompt();
  };
  const left = Promise.withResolvers<false>();
  const leave = (): void => {
    left.resolve(false);
    input.close();
  };
  input.on('SIGINT', leave);
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    prompt();
    for await (const line of input) {
      prompting = false;
      if (!isTerminal && line.trim() !== '') write(`${session.place}> ${line}`);
      if (!(await Promise.race([left.promise, doLine(line)]))) break;
      prompt();
    }
  } finally {
    prompting = false;
    input.close();
    process.removeListener('SIGINT', leave);
    process.removeListener('SIGTERM', leave);
    stopTelling();
    stdout.write(ink.faint(`${isTerminal ? '\n' : ''}Stopping the bot …\n`));
    session.end();
    await stage.close();
  }
  return stage.discord.violations.length === 0 ? 0 : 1;

  /** @returns false when the line says to leave */
  async function doLine(line: string): Promise<boolean> {
    const goesOn = await session.type(line);
    session.view.flush({ progress: true });
    if (!isTerminal)
      await session.settled().catch(() => {
        write(`No final answer came within a minute. The bot's log is in ${options.logFile}.`);
      });
    return goesOn;
  }
}

/** Writes what happens, as it happens. Returns what ends it. */
function tell(
  { discord: { events } }: Stage,
  ink: Ink,
  write: (text: string) => void,
  flush: () => void,
): () => void {
  const stops = [
    events.on('*', flush),
    events.on('violation', ({ violation: { operation, path, problem } }) => {
      write(`! Discord would not take what the bot sent (${operation} ${path}): ${problem}`);
    }),
    events.on('interaction-failed', () => write('Discord says: The application did not respond.')),
    events.on('gateway-disconnected', () => write(ink.faint('  the gateway connection is gone'))),
    events.on('gateway-resumed', () => write(ink.faint('  the gateway connection is back'))),
    events.on('gateway-connected', () => write(ink.faint('  the gateway connection is new'))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function welcome(ink: Ink, { outFolder, logFile }: LiveOptions): string {
  return `
${ink.strong('Easel')} runs. You are ${ink.strong('alice')} in #pictures of a server called Playground. Try:

  ${ink.accent('/imagine a fox in the snow')}
  ${ink.accent('/usage')}
  ${ink.accent('help')}                             other people, time, faults, how to leave

Pictures are saved in ${outFolder}/, the bot's log is in ${logFile}. Nothing leaves this machine.
`;
}
