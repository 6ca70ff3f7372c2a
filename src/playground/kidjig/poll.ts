import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import { answerCall } from '../image-api/answer-call.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { KidjigJob } from './jobs.ts';
import type { KidjigApi } from './kidjig-api.ts';
import type { KidjigSettings } from './settings.ts';
import { errorBody, refusedBody, voiceOf } from './voice.ts';
import { inEnvelope, wordFor } from './words.ts';

/** The operations whose calls faults can hit by name. */
export type PollOperation = 'status' | 'result';

/**
 * `GET …/image/status/{model}/{request_id}` and `GET …/image/result/{model}/{request_id}`. Checked in
 * this order: key, windows (429, where the settings count polls), job (404), faults.
 */
export async function handlePoll(
  kidjig: KidjigApi,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  asked: { readonly operation: PollOperation; readonly model: string; readonly id: string },
): Promise<void> {
  const { api, jobs } = kidjig;
  const voice = voiceOf(api.settings);
  const received = receive(api, request, response, path);
  api.events.emit('request', received);
  const headers = (): Record<string, string> => ({ 'x-request-id': received.requestId });

  if (request.method !== 'GET') return refuse(voice, response, 405, headers());
  if (request.headers['x-api-key'] !== api.key) return kidjig.refuseKey(response, headers());
  if (api.settings.pollsCount && !api.windows.take().accepted)
    return refuse(voice, response, 429, headers());
  const job = jobs.find(asked.model, asked.id);
  if (job === undefined) return refuse(voice, response, 404, headers());
  if (asked.operation === 'status') {
    job.polls += 1;
    if (job.polls <= api.settings.firstPolls404) return refuse(voice, response, 404, headers());
  }
  const faults = api.faults.takeAt(asked.operation);
  const { status, body, headers: more } = bodyOf(kidjig, job, asked.operation);
  if (faults.length > 0 && status < 300) {
    return answerCall(api, voice, { received, response, headers }, faults, () => body);
  }
  answer(response, status, { ...headers(), ...more }, body);
}

interface Said {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function bodyOf(kidjig: KidjigApi, job: KidjigJob, operation: PollOperation): Said {
  return operation === 'status' ? stateOf(kidjig, job) : resultOf(kidjig, job);
}

function stateOf({ api: { settings } }: KidjigApi, job: KidjigJob): Said {
  const { end, over } = job;
  if (settings.statusError !== undefined) {
    const { status, type } = settings.statusError;
    return failure(settings, status, type);
  }
  const fields = {
    [settings.requestIdName]: job.id,
    status: wordFor(settings, job),
    ...(over ? {} : { queue_position: 0 }),
    ...(over && end.kind === 'failed' && end.saidBy === 'status' && end.why !== undefined
      ? { error: { code: end.why, message: 'The request failed' } }
      : {}),
    ...(over && end.kind === 'refused' && end.saidBy === 'status'
      ? { error: { code: 'content_policy_violation', message: 'Flagged by a content checker' } }
      : {}),
  };
  const waits = !over && settings.words === 'fal' && settings.acceptedStatus;
  return {
    status: waits ? 202 : 200,
    body: inEnvelope({ ...settings, cost: undefined }, fields),
  };
}

function resultOf({ api: { settings } }: KidjigApi, job: KidjigJob): Said {
  const { end, over, result } = job;
  if (!over) return { status: 400, body: { detail: 'Request is still in progress' } };
  if (result !== undefined) return { status: 200, body: result() };
  if (end.kind === 'refused') return { status: 422, body: refusedBody(settings) };
  const { status = 500, why } = end.kind === 'failed' ? end : {};
  return failure(settings, status, why);
}

/** As fal fails: the type in the header, and in the body as the settings have it. */
function failure(settings: KidjigSettings, status: number, type: string | undefined): Said {
  return {
    status,
    body:
      settings.errors === 'detail'
        ? { detail: 'The request failed', ...(type === undefined ? {} : { error_type: type }) }
        : errorBody(settings, type ?? 'failed', 'The request failed'),
    ...(type === undefined ? {} : { headers: { 'x-fal-error-type': type } }),
  };
}
