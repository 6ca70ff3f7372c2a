import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import type { ImageApi } from '../image-api/api.ts';
import { openImageApi } from '../image-api/image-api.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { StandInStart } from '../image-api/stand-in-start.ts';
import type { ImageApiStandIn } from '../image-api/stand-in.ts';
import { createWindows } from '../image-api/windows.ts';
import { handleCreate } from './create.ts';
import { createHistory } from './history.ts';
import type { KeptGeneration } from './history.ts';
import { createJobs } from './jobs.ts';
import { pictureFolder } from './produce.ts';
import { handleRead } from './read.ts';
import type { Reading } from './read.ts';
import type { StablecogServer } from './server.ts';
import { defaultSettings } from './settings.ts';
import type { StablecogSettings } from './settings.ts';
import { stablecogVoice } from './voice.ts';

export interface StablecogOptions extends StandInStart, Partial<StablecogSettings> {
  /** The one good key, `sc-` and 64 of the digits 0–9 and a–f. */
  readonly key?: string;
}

/**
 * A running stand-in of Stablecog; its `apiUrl` is `http://127.0.0.1:PORT`. Besides those of `create`,
 * faults can be set at `models`, `defaults`, `credits` and `outputs`.
 */
export interface Stablecog extends ImageApiStandIn<StablecogSettings> {
  /** What the account has made and `outputs` lists, the oldest first. */
  readonly generations: readonly KeptGeneration[];
  /** How many jobs run and how many are held back in the server. */
  jobs(): { readonly running: number; readonly waiting: number };
}

/** The key of a stand-in that is given none. */
const usualKey = `sc-${'0123456789abcdef'.repeat(4)}`;

/**
 * Starts a stand-in of Stablecog on 127.0.0.1: strict about what its contract and its server's source
 * say (paths old and new, tokens, rules, errors, pace, charging, the list of outputs), with faults on
 * demand. The word `forbidden` in a prompt is what its moderation refuses.
 */
export async function startStablecog(options: StablecogOptions): Promise<Stablecog> {
  const { clock, port, key = usualKey, credits, ...wanted } = options;
  const settings: StablecogSettings = { ...defaultSettings(), ...wanted };
  const history = createHistory();
  const readWindows = createWindows(clock, {
    ...settings,
    get windows() {
      return settings.windows;
    },
    limits: [{ limit: 10, windowMs: 1_000 }],
  });
  const closing = new AbortController();
  const jobs = createJobs(clock, closing.signal);
  const { standIn } = await openImageApi({
    name: 'stablecog',
    clock,
    port,
    key,
    credits,
    settings,
    apiPath: '',
    pictureFolders: [pictureFolder],
    route: (api: ImageApi<StablecogSettings>, request, response, path) =>
      route({ api, history, jobs, readWindows }, request, response, path),
  });
  return {
    ...standIn,
    generations: history.generations,
    jobs: () => ({ running: jobs.running, waiting: jobs.waiting }),
    async close() {
      closing.abort(new Error('the stand-in closes'));
      await standIn.close();
    },
  };
}

const createPaths = new Set(['/v1/image/generation/create', '/v1/image/generate']);

const readings: ReadonlyMap<string, Reading> = new Map([
  ['/v1/image/generation/models', 'models'],
  ['/v1/image/models/generate', 'models'],
  ['/v1/image/generation/defaults', 'defaults'],
  ['/v1/image/defaults/generate', 'defaults'],
  ['/v1/image/generation/outputs', 'outputs'],
  ['/v1/image/outputs', 'outputs'],
  ['/v1/credits', 'credits'],
]);

async function route(
  server: StablecogServer,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (createPaths.has(path)) return handleCreate(server, request, response, path);
  const reading = readings.get(path);
  if (reading !== undefined) return handleRead(server, request, response, path, reading);
  receive(server.api, request, response, path);
  if (path === '/v1/health') answer(response, 200, {}, '{"status":"OK"}');
  else refuse(stablecogVoice, response, 404, {});
}
