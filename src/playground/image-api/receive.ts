import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ImageApi, ReceivedRequest } from './api.ts';

/** Notes a request and, by the events of its connection, how it ended. */
export function receive(
  api: ImageApi,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): ReceivedRequest {
  const received: ReceivedRequest = {
    requestId: api.clock.id(),
    at: api.clock.now(),
    method: request.method ?? '',
    path,
    body: undefined,
    prompt: undefined,
    status: undefined,
    cost: 0,
    aborted: false,
    cut: false,
    endedAt: undefined,
  };
  api.requests.push(received);
  response.on('close', () => {
    received.aborted = !response.writableFinished && !received.cut;
    received.endedAt = api.clock.now();
    if (response.headersSent) received.status = response.statusCode;
    api.events.emit('end', received);
  });
  return received;
}

/** Cuts the connection on purpose. */
export function cut(received: ReceivedRequest, response: ServerResponse): void {
  received.cut = true;
  response.destroy();
}
