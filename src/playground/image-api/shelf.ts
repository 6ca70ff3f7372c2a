import type { PictureFault } from './faults.ts';
import type { MadePicture } from './pictures.ts';

/** A picture at its address. */
export interface ShelvedPicture {
  readonly requestId: string;
  /** From 0. */
  readonly index: number;
  readonly picture: MadePicture;
  /** ms since the epoch; `null` for an object in a bucket, which stays. */
  readonly expiresAt: number | null;
  /** Takes what goes wrong with the next download, if anything. */
  takeFault(): PictureFault | undefined;
}

/** What stands at which (decoded) path of the picture server. */
export interface Shelf {
  put(
    path: string,
    entry: Omit<ShelvedPicture, 'takeFault'>,
    faults: readonly PictureFault[],
  ): void;
  /** The picture at a path, expired or not. */
  find(path: string): ShelvedPicture | undefined;
  findOf(requestId: string, index: number): ShelvedPicture | undefined;
}

export function createShelf(): Shelf {
  const byPath = new Map<string, ShelvedPicture>();
  const byRequest = new Map<string, ShelvedPicture>();
  return {
    put(path, entry, faults) {
      const left = faults.map((fault) => ({ fault, times: timesOf(fault) }));
      const shelved: ShelvedPicture = {
        ...entry,
        takeFault() {
          const next = left.find((it) => it.times > 0);
          if (next !== undefined) next.times -= 1;
          return next?.fault;
        },
      };
      byPath.set(path, shelved);
      byRequest.set(`${entry.requestId}/${entry.index}`, shelved);
    },
    find: (path) => byPath.get(path),
    findOf: (requestId, index) => byRequest.get(`${requestId}/${index}`),
  };
}

function timesOf(fault: PictureFault): number {
  return fault.kind === 'error' || fault.kind === 'cut' ? (fault.times ?? Infinity) : Infinity;
}
