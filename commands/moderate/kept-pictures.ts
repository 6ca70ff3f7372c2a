import type { Generation } from '../../src/domain/generation.ts';
import { PictureError } from '../../src/domain/pictures.ts';
import type { Picture } from '../../src/domain/pictures.ts';
import type { Parts } from '../../src/generation/parts.ts';

export interface KeptPictures {
  /** To be released. */
  readonly pictures: readonly Picture[];
  /** So many could be shown but for that the spool has them no more. */
  readonly notKept: number;
}

/** A generation's pictures as the spool has them; nothing is downloaded, and black ones are left out. */
export async function keptPictures(
  { pictures, active, log }: Pick<Parts, 'pictures' | 'active' | 'log'>,
  generation: Generation,
): Promise<KeptPictures> {
  const found = await Promise.all(
    generation.sources.map(async (_, index): Promise<Picture | 'not-kept' | 'never-shown'> => {
      const record = generation.pictures[index];
      if (record !== undefined && record.kind !== 'kept') return 'never-shown';
      try {
        return await pictures.fetch(
          { generationId: generation.id, index },
          { kind: 'spooled' },
          { trustedHosts: [], signal: active.stopping },
        );
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        log.debug({ err: error, generation: generation.id, index }, 'a picture is not kept');
        return 'not-kept';
      }
    }),
  );
  const here = found.filter((one) => typeof one === 'object');
  pictures.release(here.filter(({ blank }) => blank));
  return {
    pictures: here.filter(({ blank }) => !blank),
    notKept: found.filter((one) => one === 'not-kept').length,
  };
}
