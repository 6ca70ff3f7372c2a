/** Name 4, length 4. */
const chunkOverheadBytes = 8;

/** The same picture with a chunk behind it that readers skip (Latin-1). */
export function withComment(webp: Buffer, comment: string): Buffer {
  return append(webp, chunk('note', Buffer.from(comment, 'latin1')));
}

/** By how much a comment of so many characters makes a file longer. */
export function commentBytes(length: number): number {
  return chunkOverheadBytes + even(length);
}

/** The same picture with a chunk behind it that makes the file exactly so long; only an even length is possible. */
export function paddedTo(webp: Buffer, bytes: number): Buffer {
  const missing = bytes - webp.length - chunkOverheadBytes;
  if (missing < 0 || missing % 2 !== 0)
    throw new RangeError(`a picture of ${webp.length} bytes cannot be brought to ${bytes}`);
  return append(webp, chunk('padd', Buffer.alloc(missing)));
}

function append(webp: Buffer, extra: Buffer): Buffer {
  const result = Buffer.concat([webp, extra]);
  // RIFF counts everything behind its own name and length.
  result.writeUInt32LE(result.length - chunkOverheadBytes, 4);
  return result;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const result = Buffer.alloc(chunkOverheadBytes + even(data.length));
  result.write(name, 0, 'latin1');
  result.writeUInt32LE(data.length, 4);
  result.set(data, chunkOverheadBytes);
  return result;
}

function even(length: number): number {
  return length + (length % 2);
}
