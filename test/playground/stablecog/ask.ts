import { z } from 'zod';
import type { Stablecog } from '../../../src/playground/stablecog/stablecog.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, `undefined` where it is none. */
  readonly json: unknown;
}

interface AskOptions {
  readonly path?: string;
  /** The whole header; the good key where missing. */
  readonly authorization?: string;
  readonly signal?: AbortSignal;
}

/** Posts a body (or a text as it is) to the stand-in's create operation. */
export async function ask(api: Stablecog, body: unknown, options: AskOptions = {}): Promise<Reply> {
  return read(
    await fetch(`${api.apiUrl}${options.path ?? '/v1/image/generation/create'}`, {
      method: 'POST',
      headers: { authorization: options.authorization ?? `Bearer ${api.key}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: options.signal ?? null,
    }),
  );
}

/** Gets something with the good key. */
export async function get(api: Stablecog, path: string, key = api.key): Promise<Reply> {
  const headers = { authorization: `Bearer ${key}` };
  return read(await fetch(`${api.apiUrl}${path}`, { headers }));
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

const created = z.object({
  outputs: z.array(z.object({ id: z.string(), url: z.string(), image_url: z.string() })),
  remaining_credits: z.number(),
  settings: z.record(z.string(), z.unknown()),
});

/** A good answer. */
export function answerOf(reply: Reply): z.infer<typeof created> {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return created.parse(reply.json);
}

const listed = z.object({
  total: z.number().optional(),
  next: z.union([z.string(), z.number()]).optional(),
  outputs: z.array(
    z.object({
      id: z.string(),
      image_url: z.string(),
      is_public: z.boolean(),
      generation: z.object({
        id: z.string(),
        prompt: z.object({ text: z.string() }),
        seed: z.number(),
        created_at: z.string(),
        outputs: z.array(z.unknown()),
      }),
    }),
  ),
});

/** A page of the account's outputs. */
export async function outputs(api: Stablecog, query = ''): Promise<z.infer<typeof listed>> {
  const reply = await get(api, `/v1/image/generation/outputs${query}`);
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return listed.parse(reply.json);
}
