import type { IncomingMessage } from 'node:http';
import type { ImageApi } from './api.ts';

/** Whether the request carries the one good key as `Authorization: Bearer KEY`. */
export function hasBearerKey(api: ImageApi, request: IncomingMessage): boolean {
  return request.headers.authorization === `Bearer ${api.key}`;
}
