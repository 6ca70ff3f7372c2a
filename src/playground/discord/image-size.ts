/** The width and height that an image's header names, as Discord notes them of an attachment. */
export function imageSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number; readonly type: string } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 30) return undefined;
  if (view.readUInt32BE(0) === 0x89504e47)
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20), type: 'image/png' };
  if (view.toString('latin1', 0, 4) === 'GIF8')
    return { width: view.readUInt16LE(6), height: view.readUInt16LE(8), type: 'image/gif' };
  if (view.toString('latin1', 0, 4) === 'RIFF' && view.toString('latin1', 8, 12) === 'WEBP')
    return webpSize(view);
  if (view.readUInt16BE(0) === 0xffd8) return jpegSize(view);
  return undefined;
}

function webpSize(view: Buffer): ReturnType<typeof imageSize> {
  const type = 'image/webp';
  switch (view.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1, type };
    case 'VP8L': {
      const bits = view.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, type };
    }
    case 'VP8 ':
      return {
        width: view.readUInt16LE(26) & 0x3fff,
        height: view.readUInt16LE(28) & 0x3fff,
        type,
      };
    default:
      return undefined;
  }
}

/** The size stands in the first start-of-frame segment. */
function jpegSize(view: Buffer): ReturnType<typeof imageSize> {
  let at = 2;
  while (at + 9 < view.length && view[at] === 0xff) {
    const marker = view.readUInt8(at + 1);
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame)
      return {
        width: view.readUInt16BE(at + 7),
        height: view.readUInt16BE(at + 5),
        type: 'image/jpeg',
      };
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}
