import type { RawFile } from 'discord.js';
import type { Answer } from '../../src/discord/answer.ts';
import type { Press } from '../../src/discord/call.ts';
import { problemOf } from '../../src/discord/problem.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { Picture } from '../../src/domain/pictures.ts';
import { titleOf } from '../../src/generation/title-of.ts';
import { fileName } from '../../src/messages/file-name.ts';
import { moderateGenerationBody } from '../../src/messages/moderate-generation-body.ts';
import type { ModerateGenerationView } from '../../src/messages/moderate-generation-body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { CommandParts } from '../parts.ts';
import { finishWithPrompt } from './finish-with-prompt.ts';
import { keptPictures } from './kept-pictures.ts';
import { messageState } from './message-state.ts';

/** Discord takes 25 MiB in one request; text and multipart borders need a little. */
const requestBytes = 24 * 1024 * 1024;

/**
 * Shows a moderator a generation with its pictures, from the spool. It counts as a delivery, of which
 * only a few run at once, since pictures are what costs memory.
 */
export async function showGeneration(
  commandParts: CommandParts,
  press: Press,
  answer: Answer,
  generation: Generation,
): Promise<void> {
  const { parts } = commandParts;
  const message = await messageState(commandParts, generation);
  const view = {
    generation,
    title: titleOf(parts, generation),
    message,
    mayBlock: generation.destination.memberId !== press.memberId,
  };
  await parts.deliveries(async () => {
    const { pictures, notKept } =
      message === 'deleted' ? { pictures: [], notKept: 0 } : await keptPictures(parts, generation);
    try {
      await finishWithPrompt((withoutPrompt) =>
        finish(commandParts, press, answer, { ...view, withoutPrompt }, pictures, notKept),
      );
    } finally {
      parts.pictures.release(pictures);
    }
  });
}

async function finish(
  { parts }: CommandParts,
  press: Press,
  answer: Answer,
  view: Omit<ModerateGenerationView, 'pictures'>,
  pictures: readonly Picture[],
  notKept: number,
): Promise<void> {
  const texts = textsFor(press.locale);
  const withoutFiles = (hindered: 'cannotAttach' | 'tooLarge') =>
    answer.finish(
      moderateGenerationBody(texts, { ...view, pictures: { fileNames: [], notKept, hindered } }),
    );
  if (pictures.length > 0 && press.missingPermissions(true).length > 0) {
    await withoutFiles('cannotAttach');
    return;
  }
  const fitted = await parts.pictures.fit(pictures, {
    fileBytes: Math.min(press.maxFileBytes, requestBytes),
    totalBytes: requestBytes,
  });
  const prompt = view.withoutPrompt ? '' : view.generation.request.prompt;
  const files = fitted.map((picture, index) =>
    fileOf(picture, fileName(prompt, index, picture.type)),
  );
  const fileNames = files.map(({ name }) => name);
  try {
    await answer.finish(
      moderateGenerationBody(texts, { ...view, pictures: { fileNames, notKept, hindered: null } }),
      files,
    );
  } catch (error) {
    if (files.length === 0 || problemOf(error) !== 'too-large') throw error;
    await withoutFiles('tooLarge');
  }
}

function fileOf({ bytes, type }: Picture, name: string): RawFile {
  return {
    name,
    data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    contentType: `image/${type}`,
  };
}
