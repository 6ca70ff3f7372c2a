import { z } from 'zod';
import type { Kidjig } from '../../../src/playground/kidjig/kidjig.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON, `undefined` where it is none. */
  readonly json: unknown;
}

interface AskOptions {
  readonly key?: string;
  readonly method?: string;
  /** Default: FLUX 1.1 Pro Ultra. */
  readonly model?: string;
}

const ultra = 'flux-pro-v1.1-ultra';

/** Posts a body (or a text as it is) to the submit operation. */
export function submit(kidjig: Kidjig, body: unknown, options: AskOptions = {}): Promise<Reply> {
  const { model = ultra, method = 'POST' } = options;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return call(kidjig, `generate/${model}`, options, method === 'GET' ? undefined : text, method);
}

/** Asks for the state of a job, or for its result. */
export function poll(
  kidjig: Kidjig,
  operation: 'status' | 'result',
  id: string,
  options: AskOptions = {},
): Promise<Reply> {
  const { model = ultra, method = 'GET' } = options;
  return call(kidjig, `${operation}/${model}/${id}`, options, undefined, method);
}

/** Submits and asks until it is over. Gives the answers for the status, and that for the result. */
export async function toTheEnd(
  kidjig: Kidjig,
  body: unknown,
): Promise<{ readonly states: readonly unknown[]; readonly result: Reply }> {
  const accepted = await submit(kidjig, body);
  if (accepted.status !== 200) throw new Error(`${accepted.status}`, { cause: accepted.json });
  const job = kidjig.jobs.all.at(-1);
  if (job === undefined) throw new Error('there is no job');
  const states: unknown[] = [];
  do states.push((await poll(kidjig, 'status', job.id)).json);
  while (!job.over && states.length < 500);
  states.push((await poll(kidjig, 'status', job.id)).json);
  return { states, result: await poll(kidjig, 'result', job.id) };
}

async function call(
  kidjig: Kidjig,
  path: string,
  { key = kidjig.key }: AskOptions,
  body: string | undefined,
  method: string,
): Promise<Reply> {
  const response = await fetch(`${kidjig.apiUrl}/api/v1/image/${path}`, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const described = z.object({
  images: z.array(z.object({ url: z.string(), width: z.number(), height: z.number() })),
  seed: z.number(),
});

/** The pictures of a result in fal's form. */
export function picturesOf({ json }: Reply): z.output<typeof described>['images'] {
  return described.parse(json).images;
}
