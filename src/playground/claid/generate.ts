import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, readBody } from './answer.ts';
import type { Api } from './api.ts';
import { carryOut } from './carry-out.ts';
import { readGenerateBody } from './contract.ts';
import type { Problems } from './contract.ts';
import { validationEnvelope } from './envelope.ts';
import { limitHeaders } from './limit-headers.ts';
import { cut, isAuthorised, receive, refuse } from './receive.ts';
import { findOutput } from './storages.ts';
import type { WindowReading } from './windows.ts';

const maxBodyBytes = 1_048_576;

/**
 * `POST /v1/image/generate`. Checked in this order: key (401), windows (429), scope (403), JSON (400),
 * contract (422), storage (404, 400), credits (402). What passes is made and charged, also when the
 * caller hangs up meanwhile: nothing says that the API notices.
 */
export async function handleGenerate(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  if (api.faults.takeCutBeforeReading()) {
    cut(received, response);
    return;
  }
  const text = await readBody(request, maxBodyBytes);
  const parsed = text === undefined ? undefined : parseJson(text);
  received.body = text;
  received.prompt = promptOf(parsed);
  api.events.emit('request', received);

  let arrival: WindowReading | undefined;
  const headers = (refusedByWindows = false): Record<string, string> => ({
    ...paceHeaders(api, arrival, refusedByWindows),
    'x-request-id': received.requestId,
  });
  const say = (status: number, message?: string): void => {
    refuse(response, status, headers(), { message });
  };
  const sayWhatIsWrong = (problems: Problems): void => {
    answer(response, 422, headers(), validationEnvelope(problems));
  };

  if (request.method !== 'POST') return say(405);
  if (!isAuthorised(api, request)) return say(401);
  const taken = api.windows.take();
  arrival = taken.reading;
  if (!taken.accepted) return refuse(response, 429, headers(true));
  if (!api.settings.scopes.includes('image_editing')) return say(403);
  if (text === undefined) return say(413);
  if (!isJson(request)) return sayWhatIsWrong({ body: ['value is not a valid dict'] });
  if (parsed === undefined) return say(400, 'There was an error parsing the body.');
  const body = readGenerateBody(parsed);
  if ('problems' in body) return sayWhatIsWrong(body.problems);
  const output =
    body.output === undefined ? undefined : findOutput(body.output, api.settings.storages);
  if (output === 'absent') return say(404, 'Storage not found.');
  if (output === 'read-only') return say(400, 'Storage does not allow to write.');
  await carryOut(api, received, response, headers, body, output);
}

/** The headers about the windows: as they are now or, where so set or refused, as they were at arrival. */
function paceHeaders(
  api: Api,
  arrival: WindowReading | undefined,
  refused: boolean,
): Record<string, string> {
  if (arrival === undefined) return {};
  const atArrival = refused || api.settings.headersAt === 'arrival';
  const reading = atArrival ? arrival : (api.windows.read() ?? arrival);
  const headers = limitHeaders(api.settings.headers, reading);
  const retryAfter = String(Math.max(1, Math.ceil(reading.resetMs / 1000)));
  return refused && api.settings.retryAfter ? { ...headers, 'Retry-After': retryAfter } : headers;
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function promptOf(body: unknown): string | undefined {
  const input =
    typeof body === 'object' && body !== null && 'input' in body ? body.input : undefined;
  return typeof input === 'string' ? input : undefined;
}
