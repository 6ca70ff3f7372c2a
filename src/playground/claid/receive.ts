import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import type { Api, ReceivedRequest } from './api.ts';
import { envelopeFor, errorBody } from './envelope.ts';

/** Notes a request and, by the events of its connection, how it ended. */
export function receive(
  api: Api,
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

/** Whether the request carries the one good key. */
export function isAuthorised(api: Api, request: IncomingMessage): boolean {
  return request.headers.authorization === `Bearer ${api.key}`;
}

/** Answers with an error in Claid's envelope. */
export function refuse(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  options: { readonly message?: string | undefined; readonly nested?: boolean | undefined } = {},
): void {
  const envelope = envelopeFor(status, options.message);
  answer(response, status, headers, errorBody(status, envelope, options.nested));
}
