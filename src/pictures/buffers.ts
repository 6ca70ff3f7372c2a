/** Buffers that are used again, so that pictures of megabytes come and go without new memory. */
export interface Buffers {
  /** One of this length; what it holds is left over from before. */
  take(length: number): Buffer<ArrayBuffer>;
  /** Takes one back, whole or in part; bytes that were never taken are left alone. */
  give(bytes: Uint8Array<ArrayBuffer>): void;
}

/** What disks and systems lay memory and files out in. */
const pageBytes = 4096;

/** Lengths differ a little from picture to picture; in such steps they fit into each other's buffers. */
const stepBytes = 512 * 1024;

/**
 * Measured: 4 pictures of 1.5 MB a job in fresh buffers cost a third of the CPU, since V8 counts them
 * as memory outside its heap and marks the whole heap again after every 64 MB.
 *
 * @param maxIdleBytes what is kept for the next ones; the rest is left to the garbage collection
 */
export function createBuffers(maxIdleBytes: number): Buffers {
  const idle: ArrayBuffer[] = [];
  let idleBytes = 0;
  const taken = new WeakSet<ArrayBuffer>();

  function fitting(length: number): ArrayBuffer | undefined {
    // One far too large would be missing where it is needed.
    const at = idle.findIndex(
      ({ byteLength }) => byteLength >= length && byteLength <= 2 * length + stepBytes,
    );
    if (at === -1) return undefined;
    const [found] = idle.splice(at, 1);
    idleBytes -= found?.byteLength ?? 0;
    return found;
  }

  return {
    take(length) {
      const whole = Math.max(1, Math.ceil(length / stepBytes)) * stepBytes;
      // One that could be resized begins where a page does, which disks want of what they take directly.
      const buffer = fitting(length) ?? new ArrayBuffer(whole, { maxByteLength: whole });
      taken.add(buffer);
      return Buffer.from(buffer, 0, length);
    },
    give({ buffer }) {
      if (!taken.delete(buffer) || idleBytes + buffer.byteLength > maxIdleBytes) return;
      idle.push(buffer);
      idleBytes += buffer.byteLength;
    },
  };
}

/**
 * The bytes with what follows up to the end of their last page (left over from before), where they
 * begin with a page and their buffer has that much; else `undefined`. Only a buffer that could be
 * resized is known to begin with a page: those of {@link Buffers} are such.
 */
export function pagesOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array | undefined {
  const length = Math.ceil(byteLength / pageBytes) * pageBytes;
  const inPages = buffer instanceof ArrayBuffer && buffer.resizable && byteOffset === 0;
  return inPages && length <= buffer.byteLength ? new Uint8Array(buffer, 0, length) : undefined;
}
