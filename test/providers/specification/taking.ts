import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PictureError, type Picture, type Pictures } from '../../../src/domain/pictures.ts';
import type { ProvidedPicture } from '../../../src/domain/provider.ts';
import { createPictures } from '../../../src/pictures/pictures.ts';
import { createHurriedClock } from '../hurried-clock.ts';

/** Takes pictures as the bot does: into its spool, with all that guards it. */
export interface Taking {
  take(picture: ProvidedPicture | undefined, trustedHosts: readonly string[]): Promise<Picture>;
  /** Why it could not be taken; it throws where it could. */
  refusal(
    picture: ProvidedPicture | undefined,
    trustedHosts: readonly string[],
  ): Promise<PictureError>;
  close(): Promise<void>;
}

const megabyte = 1024 * 1024;

export async function openTaking(): Promise<Taking> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-specification-'));
  const clock = createHurriedClock();
  const pictures: Pictures = await createPictures({
    folder,
    maxBytes: 512 * megabyte,
    minFreeBytes: 0,
    maxPictureBytes: 25 * megabyte,
    clock,
  });
  let taken = 0;

  const take: Taking['take'] = async (picture, trustedHosts) => {
    if (picture === undefined) throw new Error('there is no such picture');
    taken += 1;
    const key = { generationId: `${taken}-0`, index: 0 };
    if (picture.kind === 'bytes') await pictures.put(key, picture);
    return pictures.fetch(key, picture.kind === 'bytes' ? { kind: 'spooled' } : picture, {
      trustedHosts,
      signal: new AbortController().signal,
    });
  };

  return {
    take,
    async refusal(picture, trustedHosts) {
      const error: unknown = await take(picture, trustedHosts).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof PictureError)) throw new Error('no PictureError', { cause: error });
      return error;
    },
    async close() {
      await pictures.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
