import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes of a file up to the end of its IHDR chunk: signature 8, length 4, type 4, data 13, checksum 4. */
const headBytes = 33;

/** A chunk with whatever is in it costs this much more than its data. */
const chunkOverheadBytes = 12;

/** Encodes 8-bit RGB rows (`width * height * 3` bytes) as a PNG. `level` is deflate's, 0–9. */
export function encodePng(width: number, height: number, rgb: Uint8Array, level: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const stride = width * 3;
  // Each row is led by its filter, 0 = none.
  const rows = Buffer.alloc(height * (stride + 1));
  for (let y = 0; y < height; y += 1) {
    rows.set(rgb.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same picture with a text chunk (keyword `Comment`; Latin-1), which makes its bytes its own. */
export function withComment(png: Buffer, comment: string): Buffer {
  return insert(png, chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1')));
}

/** By how much a comment of so many characters makes a file longer. */
export function commentBytes(length: number): number {
  return chunkOverheadBytes + 'Comment\0'.length + length;
}

/** The same picture with an ancillary chunk that makes the file exactly so long. */
export function paddedTo(png: Buffer, bytes: number): Buffer {
  const missing = bytes - png.length - chunkOverheadBytes;
  if (missing < 0)
    throw new RangeError(`a picture of ${png.length} bytes cannot be cut to ${bytes}`);
  return insert(png, chunk('paDd', Buffer.alloc(missing)));
}

function insert(png: Buffer, extra: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, headBytes), extra, png.subarray(headBytes)]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const result = Buffer.alloc(chunkOverheadBytes + data.length);
  result.writeUInt32BE(data.length, 0);
  result.write(type, 4, 'latin1');
  result.set(data, 8);
  result.writeUInt32BE(crc32(result.subarray(4, 8 + data.length)), 8 + data.length);
  return result;
}
