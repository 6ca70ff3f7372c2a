import { constants, crc32, deflateRawSync } from 'node:zlib';

const blockBytes = 1_048_576;

/** Gzipped JSON, a few hundred kilobytes, that unpacks to so many bytes (at least 32). */
export function gzipBomb(unpackedBytes: number): Buffer {
  const start = Buffer.from('{"filler":"');
  const end = Buffer.from('"}');
  const block = Buffer.alloc(blockBytes, 'x');
  const fillerBytes = unpackedBytes - start.length - end.length;
  const blocks = Math.floor(fillerBytes / blockBytes);
  const rest = block.subarray(0, fillerBytes % blockBytes);

  // A block that was packed once, up to a full flush, may stand there as often as wanted.
  const packed = pack(block, false);
  const parts = [pack(start, false), ...Array.from({ length: blocks }, () => packed)];
  parts.push(pack(rest, false), pack(end, true));

  let checksum = crc32(start);
  for (let i = 0; i < blocks; i += 1) checksum = crc32(block, checksum);
  checksum = crc32(end, crc32(rest, checksum));
  // RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system; then CRC and size.
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(checksum, 0);
  tail.writeUInt32LE(unpackedBytes % 2 ** 32, 4);
  return Buffer.concat([head, ...parts, tail]);
}

function pack(bytes: Uint8Array, last: boolean): Buffer {
  const { Z_FULL_FLUSH, Z_FINISH } = constants;
  return deflateRawSync(bytes, { finishFlush: last ? Z_FINISH : Z_FULL_FLUSH });
}
