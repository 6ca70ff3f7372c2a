/**
 * Reads base64 (RFC 4648, 4 or 5) with all its padding, plain or in a `data:` URI. White space may stand
 * around it, not within.
 *
 * @returns `undefined` for anything else, and for nothing
 */
export function fromBase64(encoded: string): Uint8Array | undefined {
  // No pattern over the whole of it: that of a large picture may take more memory than the picture.
  const [head = ''] = /^data:[^,]{0,200};base64,/i.exec(encoded) ?? [];
  const digits = encoded.slice(head.length).trim();
  if (digits.length === 0 || digits.length % 4 !== 0) return undefined;
  const padding = digits.endsWith('==') ? 2 : Number(digits.endsWith('='));
  // What is no digit is passed over or ends it, and either way bytes are missing.
  const bytes = Buffer.from(digits, 'base64');
  return bytes.length === (digits.length / 4) * 3 - padding ? bytes : undefined;
}
