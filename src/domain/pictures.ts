import type { ProvidedPicture } from './provider.ts';
import type { Source } from './source.ts';

/** A picture in memory; alive only inside a delivery, until {@link Pictures.release}. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Decided by the bytes, never by a header. */
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  /** Made smaller than it came, to fit where it goes. */
  readonly shrunk: boolean;
  /** Every pixel is black. */
  readonly blank: boolean;
}

export type PictureType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** Which picture: the n-th (from 0) of a generation. */
export interface PictureKey {
  readonly generationId: string;
  readonly index: number;
}

export class PictureError extends Error {
  override readonly name = 'PictureError';
  /**
   * - `later`: another try may work (network, 429, 5xx).
   * - `lost`: it will not (404, refused address, too large, not a picture).
   * - `no-room`: the spool is at its bound or the disk is full.
   */
  readonly kind: 'later' | 'lost' | 'no-room';
  constructor(kind: PictureError['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** What a post may carry. */
export interface FileLimits {
  /** The largest single file, in bytes. */
  readonly fileBytes: number;
  /** All files of the message together, in bytes. */
  readonly totalBytes: number;
}

/** Bytes of pictures: safe download, a durable spool beside the store, recognising and fitting. */
export interface Pictures {
  /** Whether the disk and the spool's bound have room for so many more pictures; asked before paying. */
  hasRoom(images: number): Promise<boolean>;
  /** Writes a picture that came inline into the spool, through to the disk. @throws {PictureError} */
  put(key: PictureKey, provided: Extract<ProvidedPicture, { kind: 'bytes' }>): Promise<void>;
  /**
   * The picture from the spool where it is known to be there, else downloaded (a GET, retried a few
   * times on network errors, 429 and 5xx), written through to the spool, and looked at. Where it cannot
   * be downloaded, what another process may have kept of it.
   * @throws {PictureError}
   */
  fetch(
    key: PictureKey,
    source: Source,
    options: { readonly trustedHosts: readonly string[]; readonly signal: AbortSignal },
  ): Promise<Picture>;
  /** The pictures, each as it is where it fits, else made smaller (WebP, then lower quality); never dropped. */
  fit(pictures: readonly Picture[], limits: FileLimits): Promise<Picture[]>;
  /** Pictures that came from `fetch` and are not looked at any more: others are put in their bytes. */
  release(pictures: readonly Picture[]): void;
  /** Its member can see them now: they are kept while there is room, and go, oldest first, when room is needed. */
  shown(generationId: string): Promise<void>;
  /** Removes all pictures of a generation; harmless when there are none. */
  delete(generationId: string): Promise<void>;
  /** Removes what is older than the time (ms since the epoch). Returns how many files went. */
  prune(olderThan: number): Promise<number>;
  /** Bytes in the spool. */
  size(): number;
  close(): Promise<void>;
}
