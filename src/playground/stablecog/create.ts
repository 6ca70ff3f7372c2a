import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../../schedule.ts';
import { answer } from '../image-api/answer.ts';
import { garbage } from '../image-api/garbage.ts';
import { readCall } from '../image-api/read-call.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import { carryOut } from './carry-out.ts';
import { readCreateBody } from './contract.ts';
import { initImageProblem } from './init-image.ts';
import { limitHeaders } from './limit-headers.ts';
import { asKept, readOrder, settingsOf } from './order.ts';
import type { Order } from './order.ts';
import type { StablecogServer } from './server.ts';
import { hasToken } from './token.ts';
import { stablecogVoice } from './voice.ts';

const maxBodyBytes = 10 * 1024 * 1024;

/**
 * `POST /v1/image/generation/create`, also at its old path. Checked in this order: token (401), pace
 * (429), JSON (400), ban (403), rules (400), the picture to start from, the queue (400), credits and
 * words (400). What passes is made and charged, whoever still listens.
 */
export async function handleCreate(
  server: StablecogServer,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const { api, jobs } = server;
  const received = receive(api, request, response, path);
  if (api.faults.takeCutBeforeReading()) {
    cut(received, response);
    return;
  }
  const { text, json } = await readCall(api, received, request, { maxBodyBytes, promptOf });
  giveUpInTime(server, response);

  let pace: Record<string, string> = {};
  const headers = (): Record<string, string> => pace;
  const say = (status: number, message?: string): void => {
    refuse(stablecogVoice, response, status, headers(), { message });
  };
  if (request.method !== 'POST') return say(405);
  if (!hasToken(api, request)) return say(401);
  const taken = api.windows.take();
  pace = limitHeaders(taken.reading, api.clock.now());
  if (!taken.accepted) {
    pace = { ...pace, 'Retry-After': '1' };
    return say(429);
  }
  if (text === undefined) return say(413);
  const body = json === undefined ? undefined : readCreateBody(json);
  if (body === undefined) return say(400, 'json_parse_error');
  if (api.settings.banned) return say(403, 'user_banned');
  const order = readOrder(body, api.settings.models, () => anySeed(server, body.prompt));
  if (order === 'crashed') {
    cut(received, response);
    return;
  }
  if ('refused' in order) return say(400, order.refused);
  const sayOf = (status: number, message: string): void => {
    answer(response, status, headers(), { error: message, settings: settingsOf(order) });
  };
  const odd = await initImageProblem(order.initImageUrl, api.closing);
  if (odd !== undefined) return sayOf(odd.status, odd.message);
  if ((await jobs.enter(api.settings.plan)) === 'full') return sayOf(400, 'queue_limit_reached');
  try {
    await carryOut(server, { received, response, headers }, order, sayOf);
  } finally {
    jobs.leave();
  }
}

/** What the proxy before the server says to a call that takes too long for it; the job goes on. */
function giveUpInTime({ api }: StablecogServer, response: ServerResponse): void {
  const { proxyTimeoutMs } = api.settings;
  if (!Number.isFinite(proxyTimeoutMs)) return;
  const over = new AbortController();
  response.once('close', () => {
    over.abort(new Error('answered'));
  });
  sleep(api.clock, proxyTimeoutMs, AbortSignal.any([over.signal, api.closing])).then(
    () => {
      const page = garbage({ kind: 'garbage', body: 'html' }, stablecogVoice.garbage);
      if (!response.headersSent) answer(response, page.status, page.headers, page.body);
    },
    () => undefined,
  );
}

function anySeed({ api }: StablecogServer, prompt: string): Order['seed'] {
  return api.nextSeed(prompt) % (2 ** 31 - 1);
}

function promptOf(json: unknown): string | undefined {
  const prompt =
    typeof json === 'object' && json !== null && 'prompt' in json ? json.prompt : undefined;
  return typeof prompt === 'string' ? asKept(prompt) : undefined;
}
