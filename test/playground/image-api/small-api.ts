import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCall } from '../../../src/playground/image-api/answer-call.ts';
import type { ImageApi } from '../../../src/playground/image-api/api.ts';
import { hasBearerKey } from '../../../src/playground/image-api/bearer-key.ts';
import { carryOut } from '../../../src/playground/image-api/carry-out.ts';
import { openImageApi } from '../../../src/playground/image-api/image-api.ts';
import { makePictures } from '../../../src/playground/image-api/make-pictures.ts';
import type { Recipe } from '../../../src/playground/image-api/painting/recipe.ts';
import { readCall } from '../../../src/playground/image-api/read-call.ts';
import { receive } from '../../../src/playground/image-api/receive.ts';
import { refuse } from '../../../src/playground/image-api/refuse.ts';
import { defaultImageApiSettings } from '../../../src/playground/image-api/settings.ts';
import type { ImageApiSettings } from '../../../src/playground/image-api/settings.ts';
import type { ImageApiStandIn } from '../../../src/playground/image-api/stand-in.ts';
import type { Voice } from '../../../src/playground/image-api/voice.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';

const voice: Voice = {
  refusal: (status, { message }) =>
    status === 429
      ? { body: 'Too Many Requests', headers: { 'content-type': 'text/plain' } }
      : { body: { error: message ?? `error ${status}` } },
  noCredits: { status: 400, message: 'insufficient_credits' },
  garbage: { notJson: '{"outputs":[', wrongShape: '{"outputs":7}' },
};

/** What is drawn, besides what the caller says. */
type Drawn = Pick<Recipe, 'width' | 'height' | 'type'>;

/** An API made up here, the least that stands on the base: `POST /v9/make` and `GET /v9/balance`. */
export async function startSmallApi(
  wanted: Partial<ImageApiSettings> & { readonly credits?: number; readonly drawn?: Drawn } = {},
): Promise<ImageApiStandIn> {
  const { credits, drawn = {}, ...settings } = wanted;
  const { standIn } = await openImageApi({
    name: 'small',
    clock: createShiftedClock(),
    key: 'small-key',
    credits,
    settings: { ...defaultImageApiSettings(), latencyMs: 0, pictures: 'small', ...settings },
    apiPath: '/v9',
    pictureFolders: ['/files/'],
    route: (api, request, response, path) => route(api, drawn, request, response, path),
  });
  return standIn;
}

async function route(
  api: ImageApi,
  drawn: Drawn,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const received = receive(api, request, response, path);
  const { requestId } = received;
  const headers = (): Record<string, string> => ({ 'x-request-id': requestId });
  const exchange = { received, response, headers };
  const { json } = await readCall(api, received, request, { maxBodyBytes: 10_000, promptOf });
  const prompt = promptOf(json);
  if (!hasBearerKey(api, request)) return refuse(voice, response, 401, headers());
  if (!api.windows.take().accepted) return refuse(voice, response, 429, headers());
  if (path === '/v9/balance') {
    const left = (): unknown => ({ credits: api.books.creditsLeft });
    return answerCall(api, voice, exchange, api.faults.takeAt('balance'), left);
  }
  if (prompt === undefined) return refuse(voice, response, 400, headers());
  await carryOut(api, voice, exchange, {
    prompt,
    images: 2,
    creditsPerImage: 3,
    async produce(images, faults) {
      const place = (index: number): { path: string; expiresAt: null } => ({
        path: `/files/${requestId}-${index}`,
        expiresAt: null,
      });
      const pictures = await makePictures(
        api,
        { ...drawn, requestId, prompt, images, place },
        faults,
      );
      const outputs = await Promise.all(
        pictures.map(async ({ url, width, height, mime, bytes }) => ({
          url,
          width,
          height,
          mime,
          b64: (await bytes()).toString('base64'),
        })),
      );
      return { blackImages: 0, write: () => ({ outputs, left: api.books.creditsLeft }) };
    },
  });
}

function promptOf(json: unknown): string | undefined {
  const prompt =
    typeof json === 'object' && json !== null && 'prompt' in json ? json.prompt : undefined;
  return typeof prompt === 'string' ? prompt : undefined;
}
