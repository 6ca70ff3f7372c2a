import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import { answerCall } from '../image-api/answer-call.ts';
import type { ImageApi } from '../image-api/api.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { Dialect } from './dialect.ts';
import { keyProblem } from './key-problem.ts';
import type { OpenaiSettings } from './settings.ts';

/** `GET /v1/models`; faults know it as `models`. It has no pace. */
export async function handleModels(
  api: ImageApi<OpenaiSettings>,
  dialect: Dialect,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  api.events.emit('request', received);
  const headers = (): Record<string, string> => ({ 'x-request-id': received.requestId });
  const { models, listsModels } = api.settings;
  if (!listsModels) return refuse(dialect.voice, response, 404, headers());
  if (request.method !== 'GET') return refuse(dialect.voice, response, 405, headers());
  const problem = keyProblem(api, dialect, request);
  if (problem !== undefined) {
    answer(response, problem.status, headers(), problem.body);
    return;
  }
  const exchange = { received, response, headers };
  await answerCall(api, dialect.voice, exchange, api.faults.takeAt('models'), () =>
    dialect.list(models, Math.floor(api.clock.now() / 1000)),
  );
}
