import { request } from 'undici';
import type { Dispatcher } from 'undici';

/**
 * Sends a body that is a list of buffers, without the copies that fetch makes of one; otherwise like
 * fetch, to which a request without such a body is left.
 */
export async function send(
  dispatcher: Dispatcher,
  url: string,
  init: Omit<RequestInit, 'body'> & { readonly body?: RequestInit['body'] | readonly Buffer[] },
): Promise<Response> {
  const { body: list } = init;
  if (!isList(list)) return fetch(url, { ...init, body: list ?? null });
  const { statusCode, headers, body } = await request(url, {
    method: init.method === 'PATCH' ? 'PATCH' : 'POST',
    headers: Object.fromEntries(new Headers(init.headers)),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici writes any iterable; its types do not say so
    body: list as unknown as Buffer,
    signal: init.signal ?? null,
    dispatcher,
  });
  // It was taken, so it is not sent again because its answer was cut.
  const bytes = await body.arrayBuffer().catch((error: unknown) => {
    throw new Error('the answer was cut', { cause: error });
  });
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return new Response(statusCode === 204 ? null : bytes, { status: statusCode, headers: sent });
}

function isList(body: unknown): body is readonly Buffer[] {
  return Array.isArray(body);
}
