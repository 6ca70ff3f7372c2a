import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall } from '../image-api/answer-call.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import { limitHeaders } from './limit-headers.ts';
import { creditsList, defaultsList, modelsList } from './lists.ts';
import { outputsPage } from './outputs.ts';
import type { StablecogServer } from './server.ts';
import { hasToken } from './token.ts';
import { stablecogVoice } from './voice.ts';

/** What can be read, by the names that faults know it by. */
export type Reading = 'models' | 'defaults' | 'credits' | 'outputs';

/** The operations that are only read: first the pace (429), then, but for models and defaults, the token (401). */
export async function handleRead(
  server: StablecogServer,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  reading: Reading,
): Promise<void> {
  const { api, readWindows } = server;
  const received = receive(api, request, response, path);
  api.events.emit('request', received);
  const faults = api.faults.takeAt(reading);
  if (faults.some((it) => it.kind === 'cut' && it.when === 'before-reading')) {
    cut(received, response);
    return;
  }
  const taken = readWindows.take();
  const pace = limitHeaders(taken.reading, api.clock.now());
  const say = (status: number, message?: string): void => {
    const headers = status === 429 ? { ...pace, 'Retry-After': '1' } : pace;
    refuse(stablecogVoice, response, status, headers, { message });
  };
  if (request.method !== 'GET') return say(405);
  if (!taken.accepted) return say(429);
  if ((reading === 'credits' || reading === 'outputs') && !hasToken(api, request)) return say(401);
  const exchange = { received, response, headers: () => pace };
  const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
  const page = (): ReturnType<typeof outputsPage> => outputsPage(server.history.generations, query);
  if (reading === 'outputs') {
    const first = page();
    if ('refused' in first) return say(400, first.refused);
  }
  await answerCall(api, stablecogVoice, exchange, faults, () => {
    if (reading === 'models') return modelsList(server);
    if (reading === 'defaults') return defaultsList(server);
    if (reading === 'credits') return creditsList(server);
    const listed = page();
    return 'page' in listed ? listed.page : undefined;
  });
}
