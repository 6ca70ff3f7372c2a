/** The start-of-image marker, behind which a comment may stand. */
const startBytes = 2;

/** Marker 2, length 2. */
const segmentOverheadBytes = 4;

/** A segment's length counts itself and has 16 bits. */
const maxSegmentBytes = 2 + 65_535;

/** The same picture with a comment segment (Latin-1). */
export function withComment(jpeg: Buffer, comment: string): Buffer {
  return insert(jpeg, segment(Buffer.from(comment, 'latin1')));
}

/** By how much a comment of so many characters makes a file longer. */
export function commentBytes(length: number): number {
  return segmentOverheadBytes + length;
}

/** The same picture with comment segments that make the file exactly so long. */
export function paddedTo(jpeg: Buffer, bytes: number): Buffer {
  let missing = bytes - jpeg.length;
  if (missing < 0 || (missing > 0 && missing < segmentOverheadBytes))
    throw new RangeError(`a picture of ${jpeg.length} bytes cannot be brought to ${bytes}`);
  const segments: Buffer[] = [];
  while (missing > 0) {
    // Not quite the most, so that what is left is never too little for another segment.
    const size = missing <= maxSegmentBytes ? missing : maxSegmentBytes - segmentOverheadBytes;
    segments.push(segment(Buffer.alloc(size - segmentOverheadBytes)));
    missing -= size;
  }
  return insert(jpeg, Buffer.concat(segments));
}

function insert(jpeg: Buffer, extra: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, startBytes), extra, jpeg.subarray(startBytes)]);
}

function segment(data: Uint8Array): Buffer {
  const result = Buffer.alloc(segmentOverheadBytes + data.length);
  result.writeUInt16BE(0xff_fe, 0);
  result.writeUInt16BE(2 + data.length, 2);
  result.set(data, segmentOverheadBytes);
  return result;
}
