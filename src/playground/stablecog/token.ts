import type { IncomingMessage } from 'node:http';
import type { ImageApi } from '../image-api/api.ts';

/** Whether the header holds exactly one `Bearer ` and behind it the one good token, of the right form. */
export function hasToken(api: ImageApi, request: IncomingMessage): boolean {
  const parts = (request.headers.authorization ?? '').split('Bearer ');
  const [, token = ''] = parts;
  return parts.length === 2 && /^sc-[0-9a-f]{64}$/.test(token) && token === api.key;
}
