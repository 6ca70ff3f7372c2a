import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import type { ImageApi } from '../image-api/api.ts';
import { carryOut } from '../image-api/carry-out.ts';
import { readCall } from '../image-api/read-call.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { Dialect } from './dialect.ts';
import { fieldsOf } from './fields.ts';
import { keyProblem } from './key-problem.ts';
import type { Order, Refused } from './order.ts';
import { produce } from './produce.ts';
import type { OpenaiSettings } from './settings.ts';

const maxBodyBytes = 1_048_576;

/**
 * `POST /v1/images/generations`. Checked in this order: key (401), windows (429), whatever the server
 * checks of the body, credits. What passes is made and charged, whoever still listens.
 *
 * @param understood is told what the server makes of a request that it takes
 */
export async function handleGenerate(
  api: ImageApi<OpenaiSettings>,
  dialect: Dialect,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  understood: (order: Order) => void,
): Promise<void> {
  const received = receive(api, request, response, path);
  if (api.faults.takeCutBeforeReading()) {
    cut(received, response);
    return;
  }
  const body = await readCall(api, received, request, { maxBodyBytes, promptOf });

  let pace: Record<string, string> = {};
  const headers = (): Record<string, string> => ({
    ...pace,
    'x-request-id': received.requestId,
  });
  const say = ({ status, body: said }: Refused): void => {
    answer(response, status, headers(), said);
  };
  if (request.method !== 'POST') return refuse(dialect.voice, response, 405, headers());
  const problem = keyProblem(api, dialect, request);
  if (problem !== undefined) return say(problem);
  const { accepted, reading } = api.windows.take();
  pace = reading === undefined ? {} : (dialect.limitHeaders?.(reading, !accepted) ?? {});
  if (!accepted) return refuse(dialect.voice, response, 429, headers());
  const order = dialect.read(body, api.settings);
  if ('status' in order) return say(order);
  understood(order);
  await carryOut(
    api,
    dialect.voice,
    { received, response, headers },
    {
      prompt: order.prompt,
      images: order.images,
      produce: (images, faults) => produce(api, dialect, received.requestId, order, images, faults),
    },
  );
}

function promptOf(json: unknown): string | undefined {
  const prompt = fieldsOf(json)?.get('prompt');
  return typeof prompt === 'string' ? prompt : undefined;
}
