import type { IncomingMessage } from 'node:http';
import type { ImageApi } from '../image-api/api.ts';
import { hasBearerKey } from '../image-api/bearer-key.ts';
import type { Dialect } from './dialect.ts';
import type { Refused } from './order.ts';

/** What a server with a key says to a request without it; one without a key asks for none. */
export function keyProblem(
  api: ImageApi,
  dialect: Dialect,
  request: IncomingMessage,
): Refused | undefined {
  if (api.key === '' || hasBearerKey(api, request)) return undefined;
  return dialect.unauthorized(request.headers.authorization !== undefined);
}
