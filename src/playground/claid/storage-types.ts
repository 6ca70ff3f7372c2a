import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../../schedule.ts';
import { answer } from './answer.ts';
import type { Api } from './api.ts';
import { cut, isAuthorised, receive, refuse } from './receive.ts';

/** `GET /v1/storage/storage-types`: what a storage can be; needs the scope `storage`. Costs nothing. */
export async function handleStorageTypes(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  const headers = { 'x-request-id': received.requestId };
  api.events.emit('request', received);
  const fault = api.faults.takeStorage();
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
      refuse(response, fault.status, { ...headers, ...fault.headers }, fault);
      return;
    case undefined:
  }
  if (request.method !== 'GET') refuse(response, 405, headers);
  else if (!isAuthorised(api, request)) refuse(response, 401, headers);
  else if (!api.settings.scopes.includes('storage')) refuse(response, 403, headers);
  else answer(response, 200, headers, { data: ['web_folder', 's3', 'gcs'] });
}
