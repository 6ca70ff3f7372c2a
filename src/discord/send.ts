import type { RESTOptions } from 'discord.js';
import { request } from 'undici';
import type { Dispatcher } from 'undici';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];

/**
 * Sends a request of discord.js by a dispatcher. Its body is text, or a list of buffers, which goes out
 * without the copies that fetch makes of one.
 *
 * @throws what undici says of a connection that failed, the signal's reason, or an error of its own
 *   where an answer was cut: that request was taken and must not be sent again
 */
export async function send(
  dispatcher: Dispatcher,
  url: string,
  { method = 'GET', headers, body, signal }: Init,
): ReturnType<MakeRequest> {
  const answer = await unlessAborted(signal, () =>
    request(url, {
      method,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record, as discord.js makes it
      headers: headers as Record<string, string>,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici writes any iterable; its types do not say so
      body: (body ?? null) as string | null,
      signal: signal ?? null,
      dispatcher,
    }),
  );
  const { statusCode: status, statusText } = answer;
  if (status >= 300 && status < 400) throw new Error(`the request was redirected (${status})`);
  const bytes = await answer.body.arrayBuffer().catch((error: unknown) => {
    // What is tried again is not read.
    if (status === 429 || status >= 500) return new ArrayBuffer(0);
    throw new Error('the answer was cut', { cause: error });
  });
  const text = (): string => new TextDecoder().decode(bytes);
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers: new Headers(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
    ),
    body: null,
    bodyUsed: true,
    arrayBuffer: async () => bytes,
    text: async () => text(),
    json: async () => JSON.parse(text()) as unknown,
  };
}

/** undici heeds a signal only once there is a connection. */
async function unlessAborted<T>(signal: Init['signal'], work: () => Promise<T>): Promise<T> {
  if (!signal) return work();
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
