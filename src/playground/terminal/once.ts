import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { ClientRefused } from '../discord/control.ts';
import type { Discord, Invocation, SeenMessage } from '../discord/control.ts';
import { drawAnswer } from './answer-picture/draw-answer.ts';
import { titlesOf } from './arguments.ts';
import type { Once } from './arguments.ts';
import { createChannelView } from './channel-view.ts';
import { readOption } from './command-options.ts';
import type { TypedOptions } from './command-options.ts';
import { momentsFrom } from './moment.ts';
import type { Ink } from './print-message.ts';
import { people, readerOn } from './reader-on.ts';
import { savePicturesIn } from './saved-pictures.ts';
import type { Stage } from './stage.ts';
import { withFiles } from './typed-files.ts';
import { createUnderWay } from './under-way.ts';
import { reportViolations } from './violations.ts';

export interface OnceOptions {
  readonly write: (text: string) => void;
  readonly ink: Ink;
  readonly outFolder: string;
}

/**
 * One `/imagine` by alice, from the command to the pictures in a folder.
 *
 * @returns the exit code: 1 where no picture came or the bot broke Discord's contract
 */
export async function runOnce(
  openStage: () => Promise<Stage>,
  once: Once,
  options: OnceOptions,
): Promise<number> {
  const { write, ink } = options;
  const titles = titlesOf(once.providers);
  write(ink.faint(`Starting the stand-ins of Discord and of ${titles}, and the bot …`));
  const stage = await openStage();
  let cameWell = false;
  try {
    cameWell = await imagine(stage, once, options);
  } catch (error) {
    if (!(error instanceof ClientRefused)) throw error;
    write(`Discord does not let alice send that: ${error.message}`);
  } finally {
    await stage.close();
  }
  return Math.max(reportViolations(stage, write), cameWell ? 0 : 1);
}

async function imagine(stage: Stage, once: Once, options: OnceOptions): Promise<boolean> {
  const { write, ink, outFolder } = options;
  const { discord, clock } = stage;
  const person = discord.as('alice');
  const { options: given, missing } = withFiles(typedOptions(discord, once), '');
  if (missing.length > 0) {
    write(`There is no file ${missing.join(', ')} on this machine.`);
    return false;
  }
  const reader = readerOn(
    discord,
    momentsFrom(() => clock.now()),
  );
  const pictures = savePicturesIn(outFolder);
  const view = createChannelView({
    stage,
    reader,
    ink,
    fileBytes: true,
    numbers: false,
    seat: () => ({ person, guild: people.get('alice') ?? '', channel: 'pictures' }),
    write,
    nameOf: (message, fileId) => pictures.pathOf(message, fileId),
  });
  const underWay = createUnderWay(discord, {
    now: () => clock.now(),
    isProgress: stage.isProgress,
  });
  const stopWatching = discord.events.on('*', () => view.flush({ progress: true }));

  const invocation = person.command('imagine', given, { channel: 'pictures' });
  underWay.command(invocation);
  await underWay.settled({ held: false });
  stopWatching();
  view.stop();

  const answer = lastWord(invocation);
  if (answer === undefined) {
    write('Easel did not answer within 3 seconds; Discord says "The application did not respond".');
    return false;
  }
  const path = join(outFolder, 'answer.png');
  await writeFile(path, await drawAnswer(answer, reader));
  write(ink.faint(`The answer as the channel shows it: ${path}`));
  return answer.files.length > 0;
}

/** The options as Discord's client would send them, each in the type that the command has for it. */
function typedOptions(discord: Discord, { prompt, options }: Once): TypedOptions {
  const command = discord
    .commands()
    .find(({ name, type }) => name === 'imagine' && type === ApplicationCommandType.ChatInput);
  const typed = Object.entries(options).map(([name, text]): [string, TypedOptions[string]] => [
    name,
    readOption(text, command?.options?.find((option) => option.name === name)?.type),
  ]);
  return { prompt, ...Object.fromEntries(typed) };
}

/** The answer, or what was said instead of it. */
function lastWord({ answer, followUps }: Invocation): SeenMessage | undefined {
  return answer ?? followUps.at(-1);
}
