import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './arguments.ts';
import { vagueMomentsFrom } from './moment.ts';
import { plainInk } from './print-message.ts';
import { createSession } from './session.ts';
import type { Stage } from './stage.ts';
import { reportViolations } from './violations.ts';

/**
 * Plays a file of lines and writes each with what it leads to. Two plays of one file write the same:
 * every line waits until all answers are final, and what differs between runs is left out. Files that
 * are uploaded are named from the script's folder.
 *
 * @returns the exit code: 1 where the bot broke Discord's contract
 * @throws {UsageError} where the file cannot be read; an error where an answer does not come
 */
export async function runScript(
  openStage: () => Promise<Stage>,
  file: string,
  write: (text: string) => void,
): Promise<number> {
  const lines = (await readLines(file)).map((line) => line.trim());
  const stage = await openStage();
  const writeSame = (text: string): void => write(withoutIds(text));
  const session = createSession({
    stage,
    ink: plainInk,
    moments: vagueMomentsFrom(() => stage.clock.now()),
    fileBytes: false,
    folder: dirname(file),
    write: writeSame,
  });
  try {
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('#') || line === '') {
        write(line);
        continue;
      }
      writeSame(`${session.place}> ${line}`);
      const goesOn = await session.type(line);
      await session.settled();
      // What is waited for next may be here already, or not yet.
      if (!/^wait\b/.test(lines[index + 1] ?? '')) session.view.flush({ progress: false });
      if (!goesOn) break;
    }
  } finally {
    session.end();
    await stage.close();
  }
  return reportViolations(stage, write);
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/);
  } catch (error) {
    throw new UsageError(`The file ${file} cannot be read.`, { cause: error });
  }
}

/**
 * Ids of messages, requests and incidents are new in every run, and so are seeds that nobody chose
 * (hardly ever short ones), dates in plain text, and how long something took.
 */
function withoutIds(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{8}(?:\\?-[0-9a-f]{4}){3}\\?-[0-9a-f]{12}\b/g, '<id>')
    .replaceAll(/`[0-9a-f]{8}`/g, '`<id>`')
    .replaceAll(/\b\d{17,20}\b/g, '<id>')
    .replaceAll(/\bseed \d{6,10}\b/g, 'seed <seed>')
    .replaceAll(/ · \d+(?:\.\d)? s(?= ·|$)/gm, ' · <time>')
    .replaceAll(/\b[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{2}:\d{2} UTC\b/g, '<date>');
}
