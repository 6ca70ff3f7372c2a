import sharp from 'sharp';
import { atMost } from '../at-most.ts';
import type { Clock } from '../clock.ts';
import { PictureError } from '../domain/pictures.ts';
import type { Picture, PictureKey, Pictures } from '../domain/pictures.ts';
import type { Source } from '../domain/source.ts';
import type { Metrics } from '../metrics.ts';
import type { Resolve } from './address.ts';
import { createBuffers } from './buffers.ts';
import { createDownloads } from './download.ts';
import { fitWithin } from './fit.ts';
import { recognise } from './recognise.ts';
import { openSpool } from './spool.ts';

export interface PicturesOptions {
  /** The spool's folder, made where it is missing. */
  readonly folder: string;
  /** The bound of all pictures on the disk; a tenth of it is kept for those already paid for. */
  readonly maxBytes: number;
  /** What must stay free on the disk before anything is paid for. */
  readonly minFreeBytes: number;
  /** The largest single picture. */
  readonly maxPictureBytes: number;
  /** For one download with all its tries; 60 s unless given. */
  readonly downloadTimeoutMs?: number | undefined;
  readonly clock: Clock;
  readonly metrics?: Pick<Metrics, 'spoolBytes'> | undefined;
  /** Called where a picture could not be kept; it is handed over all the same. */
  readonly onUnkept?: ((error: unknown) => void) | undefined;
  /** How names are resolved; the system's way unless given. */
  readonly resolve?: Resolve | undefined;
}

/** What a picture is taken to need beforehand; Claid's are of 1.5 to 3 MB. */
const usualPictureBytes = 4 * 1024 * 1024;

/** About what six deliveries of four pictures hold. */
const maxIdleBytes = 48 * 1024 * 1024;

/** Opens the spool; rejects where its folder cannot be made or read. */
export async function createPictures(options: PicturesOptions): Promise<Pictures> {
  const { maxPictureBytes, clock, metrics, resolve } = options;
  const timeoutMs = options.downloadTimeoutMs ?? 60_000;
  // sharp has these for the whole process only, and every bot sets them alike. Measured: one thread,
  // one picture at a time and no cache keep the acknowledgements quick at the same throughput.
  sharp.concurrency(1);
  sharp.cache(false);
  const inTurn = atMost(1);
  const buffers = createBuffers(maxIdleBytes);
  const downloads = createDownloads({
    maxBytes: maxPictureBytes,
    timeoutMs,
    clock,
    buffers,
    resolve,
  });
  const spool = await openSpool({
    folder: options.folder,
    maxBytes: options.maxBytes,
    minFreeBytes: options.minFreeBytes,
    clock,
    onSize: (bytes) => metrics?.spoolBytes.set(bytes),
  });

  const look = (bytes: Uint8Array<ArrayBuffer>): Promise<Picture> => inTurn(() => recognise(bytes));

  /** `undefined` where there is none, or where the disk spoilt what may still be at its address. */
  async function kept(key: PictureKey, source: Source): Promise<Picture | undefined> {
    const bytes = await spool.read(key);
    if (bytes === undefined) return undefined;
    try {
      return await look(bytes);
    } catch (error) {
      if (source.kind === 'spooled') throw error;
      await spool.remove(key);
      return undefined;
    }
  }

  const fetch: Pictures['fetch'] = async (key, source, { trustedHosts, signal }) => {
    const isExpected = source.kind === 'spooled' || spool.holds(key);
    const before = isExpected ? await kept(key, source) : undefined;
    if (before !== undefined) return before;
    if (source.kind === 'spooled') {
      throw new PictureError('lost', 'the picture is no longer in the spool');
    }
    let bytes: Buffer<ArrayBuffer>;
    try {
      bytes = await downloads.get(source.url, { trustedHosts, signal });
    } catch (error) {
      // Another process may have kept it, of which this one does not know.
      const elsewhere = await kept(key, source);
      if (elsewhere !== undefined) return elsewhere;
      throw error;
    }
    const picture = await look(bytes);
    try {
      await spool.write(key, bytes);
    } catch (error) {
      // It is in hand, so it can be shown; were that to fail as well, its address still lives.
      options.onUnkept?.(error);
    }
    return picture;
  };

  return {
    hasRoom: (images) => spool.hasRoom(images * Math.min(usualPictureBytes, maxPictureBytes)),
    async put(key, { bytes }) {
      if (bytes.length > maxPictureBytes) {
        throw new PictureError('lost', `the picture is larger than ${maxPictureBytes} bytes`);
      }
      await spool.write(key, bytes);
    },
    fetch,
    fit: (pictures, limits) => inTurn(() => fitWithin(pictures, limits)),
    release(pictures) {
      for (const { bytes } of pictures) buffers.give(bytes);
    },
    shown: (generationId) => spool.shown(generationId),
    delete: (generationId) => spool.removeAll(generationId),
    prune: (olderThan) => spool.prune(olderThan),
    size: () => spool.size(),
    close: () => downloads.close(),
  };
}
