const quote = 0x22;
const backslash = 0x5c;

/** Each of these may begin a value of its own. */
const marks: ReadonlySet<number> = new Set(Buffer.from('{[,'));

/**
 * Whether a JSON text has more parts (objects, lists, their entries) than that. Parts cost far more
 * memory and time when they are read than the bytes that they stand in, while one long text, such as a
 * picture in base64, costs hardly more than its own length. What stands inside of texts is passed over.
 *
 * @param json in UTF-8; need not be JSON
 */
export function hasMoreParts(json: Uint8Array, most: number): boolean {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  let parts = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfText(bytes, at);
    else if (marks.has(byte) && ++parts > most) return true;
  }
  return false;
}

/** Where the text that begins there ends. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = start; ;) {
    at = bytes.indexOf(quote, at + 1);
    if (at < 0) return bytes.length;
    let before = at - 1;
    while (before > start && bytes[before] === backslash) before -= 1;
    if ((at - 1 - before) % 2 === 0) return at;
  }
}
