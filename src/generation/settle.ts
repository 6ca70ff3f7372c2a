import type { Generation } from '../domain/generation.ts';
import type { Standing, Window } from '../domain/ledger.ts';
import { PictureError } from '../domain/pictures.ts';
import type { PictureKey } from '../domain/pictures.ts';
import type { ProvidedPicture, ProviderResult } from '../domain/provider.ts';
import type { Remaining } from '../domain/remaining.ts';
import type { Source } from '../domain/source.ts';
import { StoreFullError } from '../domain/store.ts';
import type { Made } from '../domain/store.ts';
import { remaining } from '../policy/remaining.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import { sleep } from '../schedule.ts';
import type { Parts } from './parts.ts';
import { termsOf } from './terms.ts';

/** What is paid for is not given up because the store is in trouble for a while (a full disk, say). */
const tries = 60;
const betweenTriesMs = 10_000;

/** A generation that was made, and what is left for its member. */
export interface Settled {
  readonly generation: Generation;
  /** `null` without any limit, `undefined` where it could not be known. */
  readonly remaining: Remaining | null | undefined;
}

/**
 * Writes down what was made and what it cost, in one transaction; bytes that came inline are in the
 * spool before it. Tried again for ten minutes while the store is in trouble.
 *
 * @throws where the generation is no longer `sent`, or the store stays in trouble
 */
export function settle(
  parts: Parts,
  generation: Generation,
  { pictures, ...facts }: ProviderResult,
): Promise<Settled> {
  const at = parts.clock.now();
  // Not awaited here: while the store is in trouble, nothing here holds bytes that are in the spool.
  return kept(parts, generation.id, pictures, at).then((sources) =>
    writeDown(parts, generation, facts, sources, at),
  );
}

async function writeDown(
  parts: Parts,
  generation: Generation,
  result: Omit<ProviderResult, 'pictures'>,
  sources: readonly Source[],
  at: number,
): Promise<Settled> {
  const { id, price } = generation;
  const credits = price * sources.length;
  const terms = await knownTerms(parts, generation);
  const made: Made = {
    sources,
    credits,
    providerCost: result.providerCost,
    requestId: result.requestId,
    warnings: result.warnings,
    used: result.used,
    at,
  };
  const windows = terms ? windowsOf(terms.rules, terms.caps, terms.asker) : [];
  const standing = await write(parts, id, made, windows);
  if (!standing)
    throw new Error('the generation was not in the state sent when it came to be settled');
  parts.metrics.credits.inc({ provider: generation.provider }, credits);
  return {
    generation: {
      ...generation,
      state: 'made',
      delivery: 'pending',
      sources,
      credits,
      requestId: result.requestId ?? null,
      warnings: result.warnings,
      used: result.used,
      madeAt: at,
    },
    remaining: terms && remaining(terms, standing),
  };
}

/** An address of which no end is known is tried for so long. */
const unknownLifeMs = 24 * 60 * 60_000;

/** Where the pictures are from now on; those that came inline are put into the spool. */
function kept(
  parts: Parts,
  generationId: string,
  pictures: ProviderResult['pictures'],
  at: number,
): Promise<Source[]> {
  return Promise.all(
    pictures.map(async (picture, index): Promise<Source> => {
      if (picture.kind === 'address') {
        const { url, expiresAt, ownStorage } = picture;
        const endsAt = expiresAt ?? (ownStorage ? null : at + unknownLifeMs);
        return { kind: 'address', url, expiresAt: endsAt };
      }
      await putInSpool(parts, { generationId, index }, picture);
      return { kind: 'spooled' };
    }),
  );
}

/** Tried again while the disk is full; what is no picture is told as lost when it is looked for. */
async function putInSpool(
  parts: Parts,
  key: PictureKey,
  picture: Extract<ProvidedPicture, { kind: 'bytes' }>,
): Promise<void> {
  const { pictures, operator, log, clock, active } = parts;
  for (let left = tries; ; left -= 1) {
    try {
      return await pictures.put(key, picture);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      log.error({ err: error, ...key, left }, 'a picture that came inline was not kept');
      if (error.kind === 'lost' || left === 0) return;
      if (error.kind === 'no-room') operator.tell({ kind: 'no-room' });
    }
    await sleep(clock, betweenTriesMs, active.stopping);
  }
}

/** What is left is only told with the pictures; that it cannot be known holds nothing up. */
async function knownTerms(
  parts: Parts,
  { id, destination }: Generation,
): Promise<Terms | undefined> {
  try {
    return await termsOf(parts, destination);
  } catch (error) {
    parts.log.warn({ err: error, generation: id }, 'what is left for a member is not known');
    return undefined;
  }
}

async function write(
  parts: Parts,
  id: string,
  made: Made,
  windows: readonly Window[],
): Promise<Standing | undefined> {
  const { store, operator, log, clock, active } = parts;
  for (let left = tries; ; left -= 1) {
    try {
      return await store.settle(id, made, windows);
    } catch (error) {
      if (error instanceof StoreFullError) operator.tell({ kind: 'no-room' });
      log.error(
        { err: error, generation: id, left },
        'what was made could not be written down yet',
      );
      if (left === 0) throw error;
    }
    await sleep(clock, betweenTriesMs, active.stopping);
  }
}
