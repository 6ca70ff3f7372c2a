import { createShiftedClock } from '../../../src/playground/clock.ts';
import type { OpenaiServer } from '../../../src/playground/openai/dialects.ts';
import { startOpenai, type OpenaiStandIn } from '../../../src/playground/openai/openai.ts';
import { read, type Reply } from '../claid/ask.ts';

/** A stand-in that answers at once with small pictures. */
export function startQuick(
  server: OpenaiServer,
  wanted: Partial<Parameters<typeof startOpenai>[0]> = {},
): Promise<OpenaiStandIn> {
  const clock = createShiftedClock();
  return startOpenai({ server, clock, latencyMs: 0, pictures: 'small', ...wanted });
}

interface AskOptions {
  /** Default: the good one, where there is one. */
  readonly key?: string | undefined;
  readonly method?: string;
  readonly path?: string;
}

/** Posts a body (or a text as it is) to the stand-in, or asks it for something. */
export async function ask(
  api: OpenaiStandIn,
  body?: unknown,
  { key = api.key, method = 'POST', path = '/images/generations' }: AskOptions = {},
): Promise<Reply> {
  const response = await fetch(`${api.apiUrl}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
    },
    body: method === 'GET' ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  return read(response);
}
