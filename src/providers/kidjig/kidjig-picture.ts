import type { ProvidedPicture } from '../../domain/provider.ts';
import { fromBase64 } from '../base64.ts';

/**
 * A picture from what an answer has in its place: an http or https address, or the picture itself as a
 * `data:` URI (RFC 2397), in base64 or percent-encoded. Its type is left to the bytes.
 *
 * @returns `undefined` where it is neither
 */
export function readPicture(text: string): ProvidedPicture | undefined {
  if (/^data:/i.test(text)) {
    const bytes = bytesOf(text);
    return bytes && { kind: 'bytes', bytes };
  }
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return { kind: 'address', url: href, expiresAt: null };
}

/** Of what stands before the comma. */
const longestHead = 200;

function bytesOf(uri: string): Uint8Array | undefined {
  const comma = uri.indexOf(',');
  if (comma < 0 || comma > longestHead) return undefined;
  const inBase64 = /;\s*base64\s*$/i.test(uri.slice(0, comma));
  const data = uri.slice(comma + 1);
  if (!inBase64) return fromPercent(data);
  const digits = data.includes('%') ? fromPercent(data)?.toString('latin1') : data;
  return digits === undefined ? undefined : fromBase64(digits);
}

/** What is not encoded stands for itself, as one byte. */
function fromPercent(data: string): Buffer | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(data)) return undefined;
  const bytes = data.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  // oxlint-disable-next-line no-control-regex
  const isBytes = bytes !== '' && /^[\u0000-\u00ff]*$/.test(bytes);
  return isBytes ? Buffer.from(bytes, 'latin1') : undefined;
}
