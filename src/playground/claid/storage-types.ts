import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../../schedule.ts';
import { answer } from '../image-api/answer.ts';
import type { ImageApi } from '../image-api/api.ts';
import { hasBearerKey } from '../image-api/bearer-key.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import { storageOperation } from './faults.ts';
import type { ClaidSettings } from './settings.ts';
import { claidVoice } from './voice.ts';

/** `GET /v1/storage/storage-types`: what a storage can be; needs the scope `storage`. Costs nothing. */
export async function handleStorageTypes(
  api: ImageApi<ClaidSettings>,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  const headers = { 'x-request-id': received.requestId };
  const say = (status: number): void => {
    refuse(claidVoice, response, status, headers);
  };
  api.events.emit('request', received);
  const [fault] = api.faults.takeAt(storageOperation);
  switch (fault?.kind) {
    case 'slow':
      await sleep(api.clock, fault.ms, api.closing);
      break;
    case 'hang':
      return;
    case 'cut':
      cut(received, response);
      return;
    case 'status':
      refuse(claidVoice, response, fault.status, headers, fault);
      return;
    default:
  }
  if (request.method !== 'GET') say(405);
  else if (!hasBearerKey(api, request)) say(401);
  else if (!api.settings.scopes.includes('storage')) say(403);
  else answer(response, 200, headers, { data: ['web_folder', 's3', 'gcs'] });
}
