import { z } from 'zod';
import type { Claid } from '../../../src/playground/claid/claid.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, `undefined` where it is none. */
  readonly json: unknown;
}

interface AskOptions {
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly method?: string;
}

/** Posts a body (or a text as it is) to the stand-in's generate operation. */
export async function ask(claid: Claid, body: unknown, options: AskOptions = {}): Promise<Reply> {
  const response = await fetch(`${claid.apiUrl}/image/generate`, {
    method: options.method ?? 'POST',
    headers: {
      authorization: `Bearer ${options.key ?? claid.key}`,
      'content-type': 'application/json',
      ...options.headers,
    },
    ...(options.method === 'GET'
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: options.signal ?? null,
  });
  return read(response);
}

export async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

const answerOf = z.object({
  data: z.object({
    output: z.array(
      z.object({
        tmp_url: z.string().optional(),
        object_key: z.string().optional(),
        object_bucket: z.string().optional(),
        object_uri: z.string().optional(),
        claid_storage_uri: z.string().optional(),
      }),
    ),
  }),
});

type Output = z.infer<typeof answerOf>['data']['output'][number];

/** The pictures of a good answer. */
export function outputs(reply: Reply): readonly Output[] {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return answerOf.parse(reply.json).data.output;
}

/** The temporary addresses of a good answer. */
export function urls(reply: Reply): string[] {
  return outputs(reply).map((it) => it.tmp_url ?? '');
}

/** The address of the first picture. */
export function firstUrl(reply: Reply): string {
  return urls(reply)[0] ?? '';
}

export async function bytesAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} at ${url}`);
  return Buffer.from(await response.arrayBuffer());
}
