import type { RESTOptions } from 'discord.js';
import { request } from 'undici';
import type { Dispatcher } from 'undici';

/** What discord.js reads of an answer. */
type Answer = Awaited<ReturnType<RESTOptions['makeRequest']>>;

/**
 * Sends a request of discord.js by a dispatcher; a body may also be a list of buffers, which goes out
 * without the copies that fetch makes of one. A FormData, which discord.js itself makes of files, is
 * left to fetch: it belongs to Node's undici, and no other one takes it.
 */
export async function send(
  dispatcher: Dispatcher,
  url: string,
  init: Omit<RequestInit, 'body'> & { readonly body?: RequestInit['body'] | readonly Buffer[] },
): Promise<Answer | Response> {
  const { body: sent } = init;
  if (sent instanceof FormData) return fetch(url, { ...init, body: sent });
  const { statusCode, statusText, headers, body } = await request(url, {
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- text, or buffers: undici writes any iterable; its types do not say so
    body: (sent ?? null) as string | null,
    signal: init.signal ?? null,
    dispatcher,
  });
  // It was taken, so it is not sent again because its answer was cut.
  const bytes = await body.arrayBuffer().catch((error: unknown) => {
    throw new Error('the answer was cut', { cause: error });
  });
  const text = (): string => new TextDecoder().decode(bytes);
  return {
    status: statusCode,
    statusText,
    ok: statusCode >= 200 && statusCode < 300,
    headers: new Headers(
      Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
    ),
    body: null,
    bodyUsed: true,
    arrayBuffer: () => Promise.resolve(bytes),
    text: () => Promise.resolve(text()),
    json: () => Promise.resolve().then(() => JSON.parse(text()) as unknown),
  };
}
