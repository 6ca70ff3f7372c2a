/** Of base64 (RFC 4648, 4) with all its padding, plain or in a `data:` URI; `undefined` for anything else. */
export function fromBase64(encoded: string): Uint8Array | undefined {
  const digits = encoded.replace(/^data:[^,]{0,200};base64,/i, '').trim();
  // Looked for in this way, since a pattern of all of it would hold its place for each digit.
  if (digits.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(digits)) return undefined;
  const padding = digits.endsWith('==') ? 2 : Number(digits.endsWith('='));
  const bytes = Buffer.from(digits, 'base64');
  const whole = bytes.length === (digits.length / 4) * 3 - padding;
  return whole && bytes.length > 0 ? bytes : undefined;
}
