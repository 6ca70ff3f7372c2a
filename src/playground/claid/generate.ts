import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import type { ImageApi } from '../image-api/api.ts';
import { hasBearerKey } from '../image-api/bearer-key.ts';
import { carryOut } from '../image-api/carry-out.ts';
import { readCall } from '../image-api/read-call.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { WindowReading } from '../image-api/windows.ts';
import { readGenerateBody } from './contract.ts';
import type { Problems } from './contract.ts';
import { validationEnvelope } from './envelope.ts';
import { limitHeaders } from './limit-headers.ts';
import { produce } from './produce.ts';
import type { ClaidSettings } from './settings.ts';
import { findOutput } from './storages.ts';
import { claidVoice } from './voice.ts';

const maxBodyBytes = 1_048_576;

/**
 * `POST /v1/image/generate`. Checked in this order: key (401), windows (429), scope (403), JSON (400),
 * contract (422), storage (404, 400), credits (402). What passes is made and charged, also when the
 * caller hangs up meanwhile: nothing says that the API notices.
 */
export async function handleGenerate(
  api: ImageApi<ClaidSettings>,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  if (api.faults.takeCutBeforeReading()) {
    cut(received, response);
    return;
  }
  const { text, json } = await readCall(api, received, request, { maxBodyBytes, promptOf });

  let arrival: WindowReading | undefined;
  const headers = (refusedByWindows = false): Record<string, string> => ({
    ...paceHeaders(api, arrival, refusedByWindows),
    'x-request-id': received.requestId,
  });
  const say = (status: number, message?: string): void => {
    refuse(claidVoice, response, status, headers(), { message });
  };
  const sayWhatIsWrong = (problems: Problems): void => {
    answer(response, 422, headers(), validationEnvelope(problems));
  };

  if (request.method !== 'POST') return say(405);
  if (!hasBearerKey(api, request)) return say(401);
  const taken = api.windows.take();
  arrival = taken.reading;
  if (!taken.accepted) return refuse(claidVoice, response, 429, headers(true));
  if (!api.settings.scopes.includes('image_editing')) return say(403);
  if (text === undefined) return say(413);
  if (!isJson(request)) return sayWhatIsWrong({ body: ['value is not a valid dict'] });
  if (json === undefined) return say(400, 'There was an error parsing the body.');
  const body = readGenerateBody(json);
  if ('problems' in body) return sayWhatIsWrong(body.problems);
  const output =
    body.output === undefined ? undefined : findOutput(body.output, api.settings.storages);
  if (output === 'absent') return say(404, 'Storage not found.');
  if (output === 'read-only') return say(400, 'Storage does not allow to write.');
  await carryOut(
    api,
    claidVoice,
    { received, response, headers },
    {
      prompt: body.prompt,
      images: body.images,
      produce: (images, faults) => produce(api, received.requestId, body, output, images, faults),
    },
  );
}

/** The headers about the windows: as they are now or, where so set or refused, as they were at arrival. */
function paceHeaders(
  api: ImageApi<ClaidSettings>,
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

function promptOf(body: unknown): string | undefined {
  const input =
    typeof body === 'object' && body !== null && 'input' in body ? body.input : undefined;
  return typeof input === 'string' ? input : undefined;
}
