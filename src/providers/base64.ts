/**
 * Reads base64 (RFC 4648, 4 or 5) with all its padding. White space may stand around it, not within.
 *
 * @returns `undefined` for anything else, and for nothing
 */
export function fromBase64(text: string): Uint8Array | undefined {
  // No pattern over the whole of it: that of a large picture takes more memory than the picture.
  const digits = text.trim();
  if (digits.length === 0 || digits.length % 4 !== 0) return undefined;
  const padding = digits.endsWith('==') ? 2 : Number(digits.endsWith('='));
  // What is no digit is passed over or ends it, and either way bytes are missing.
  const bytes = Buffer.from(digits, 'base64');
  return bytes.length === (digits.length / 4) * 3 - padding ? bytes : undefined;
}
