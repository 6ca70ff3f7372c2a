import { answer } from '../image-api/answer.ts';
import { openImageApi } from '../image-api/image-api.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { StandInStart } from '../image-api/stand-in-start.ts';
import type { ImageApiStandIn } from '../image-api/stand-in.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { KidjigApi } from './kidjig-api.ts';
import { handlePoll } from './poll.ts';
import { filesFolder } from './result.ts';
import { defaultSettings, type KidjigSettings } from './settings.ts';
import { handleSubmit } from './submit.ts';
import { errorBody, voiceOf } from './voice.ts';

export type KidjigOptions = StandInStart & Partial<KidjigSettings>;

/**
 * A running stand-in of Kidjig; its `apiUrl` is `http://127.0.0.1:PORT/provider`. Faults of the base
 * hit the submit; those of the other two steps are `faults.nextAt('status', …)` and
 * `faults.nextAt('result', …)`.
 */
export interface Kidjig extends ImageApiStandIn<KidjigSettings> {
  readonly jobs: Pick<Jobs, 'all' | 'next'>;
}

const steps = '/provider/api/v1/image/';

/**
 * Starts a stand-in of Kidjig on 127.0.0.1: the three steps that its vendor's samples show, strict
 * about the key, the method and the parameters of fal's models. What nobody has published (the forms of
 * the answers) is a setting. The word `forbidden` in a prompt is refused.
 */
export async function startKidjig(options: KidjigOptions): Promise<Kidjig> {
  const { clock, port, key = 'kidjig-key', credits, ...wanted } = options;
  const settings: KidjigSettings = { ...defaultSettings(), ...wanted };
  const jobs = createJobs();
  const { standIn } = await openImageApi({
    name: 'kidjig',
    clock,
    port,
    key,
    credits,
    settings,
    apiPath: '/provider',
    pictureFolders: [filesFolder],
    async route(api, request, response, path) {
      const kidjig: KidjigApi = {
        api,
        jobs,
        refuseKey(to, headers) {
          const body = errorBody(settings, 'invalid_api_key', 'Invalid API key provided');
          answer(to, settings.keyStatus, headers, body);
        },
      };
      const [step, ...rest] = path.startsWith(steps) ? path.slice(steps.length).split('/') : [];
      const parts = rest.map(decoded);
      const id = parts.at(-1) ?? '';
      const model = parts.slice(0, -1).join('/');
      if (step === 'generate' && rest.length > 0) {
        return handleSubmit(kidjig, request, response, path, parts.join('/'));
      }
      if ((step === 'status' || step === 'result') && rest.length > 1) {
        return handlePoll(kidjig, request, response, path, { operation: step, model, id });
      }
      const received = receive(api, request, response, path);
      refuse(voiceOf(settings), response, 404, { 'x-request-id': received.requestId });
    },
  });
  return { ...standIn, jobs };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
