import type { Clock } from '../../clock.ts';
import type { Model } from '../../domain/model.ts';
import type { RateWindow } from '../../domain/pace.ts';
import type {
  Provider,
  ProviderCall,
  ProviderResult,
  UsedSettings,
} from '../../domain/provider.ts';
import { negativeSent, promptSent, type ImageRequest } from '../../domain/request.ts';
import { accountOf } from '../account-of.ts';
import { jsonOf } from '../answer-body.ts';
import type { ApiAnswer } from '../api-answer.ts';
import { createCalls } from '../call.ts';
import { checkBucket } from './check-bucket.ts';
import { claidAddress, type ClaidOutput } from './claid-address.ts';
import { readFault, readGenerated, type ClaidPicture } from './claid-answer.ts';
import { trustedHosts } from '../trusted-hosts.ts';

export interface ClaidOptions {
  readonly apiKey: string;
  /** With the version in its path, for example `https://api.claid.ai/v1`. */
  readonly apiUrl: string;
  /** A storage of one's own for the pictures; Claid's temporary bucket without it. */
  readonly output?: ClaidOutput | undefined;
  /** What the plan allows, until answers tell another. */
  readonly windows: readonly RateWindow[];
  /** How long one call may take in all. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const publicHost = 'api.claid.ai:443';
const guidance = { min: 1, max: 49.99, default: 5 };

/** Source: Claid's OpenAPI document, `GenerateRequest`. */
const model: Model = {
  key: 'claid',
  provider: 'claid',
  title: 'Claid',
  takes: { promptLength: { min: 3, max: 1024 }, mostImages: 4, guidance },
  public: false,
  unfiltered: false,
};

/**
 * Claid's text to image, `POST /image/generate`: one call, one answer, PNG of 1024 × 1024, one of
 * Claid's credits for each picture. Source: Claid's OpenAPI document, `/v1/image/generate`.
 *
 * Where it answers with more pictures than asked for, the surplus is dropped, though charged and so
 * counted in `providerCost`. A picture that a content filter hit comes as a black one: see Pictures.
 */
export function createClaid(options: ClaidOptions): Provider {
  const { apiKey, apiUrl, output, windows, timeoutMs, clock } = options;
  const calls = createCalls({
    title: 'Claid',
    apiUrl,
    apiKey,
    headers: { authorization: `Bearer ${apiKey}` },
    timeoutMs,
    clock,
  });

  function rejected(answer: ApiAnswer): Error {
    return calls.rejected(answer, { detail: readFault(jsonOf(answer)) });
  }

  async function generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult> {
    const sent = { guidance: request.guidance ?? guidance.default };
    const body = {
      input: promptSent(request),
      options: { number_of_images: request.images, guidance_scale: sent.guidance },
      ...(output === undefined ? {} : { output: output.folder }),
    };
    const answer = await calls.post('/image/generate', body, call);
    if (answer.status !== 200) throw rejected(answer);
    const made = readGenerated(jsonOf(answer));
    if (made === undefined) throw calls.unreadable(answer);
    const pictures = made.flatMap((picture) => claidAddress(picture, output, clock.now()) ?? []);
    if (pictures.length === 0) {
      throw calls.unreadable(answer, `no picture that can be fetched, of ${made.length}`);
    }
    return {
      pictures: pictures.slice(0, request.images),
      providerCost: made.length,
      used: { ...sent, ...sizeOf(made) },
      requestId: answer.requestId,
      // A member's own negative text never comes here, since the model takes none.
      warnings: negativeSent(request) === undefined ? [] : ['style-negative-left-out'],
    };
  }

  async function check(signal: AbortSignal): Promise<void> {
    const answer = await calls.get('/storage/storage-types', { signal });
    // A key without the storage scope is a good key, and so is one that is out of credits or quota.
    if (answer.status !== 200 && ![402, 403, 429].includes(answer.status)) throw rejected(answer);
    if (output?.access !== undefined) await checkBucket(output.url, output.access, clock, signal);
  }

  return {
    name: 'claid',
    title: 'Claid',
    keySetting: 'CLAID_API_KEY',
    creditsSetting: 'CLAID_CREDITS',
    account: accountOf('claid', apiKey),
    trustedHosts: trustedHosts(publicHost, apiUrl, ...(output === undefined ? [] : [output.url])),
    pace: { windows },
    models: () => [model],
    generate,
    check,
    close: () => calls.close(),
  };
}

/** The size of the first picture that tells one: all of a request are alike. */
function sizeOf(made: readonly ClaidPicture[]): UsedSettings {
  const { width, height } =
    made.find((picture) => picture.width !== undefined && picture.height !== undefined) ?? {};
  return width === undefined || height === undefined ? {} : { width, height };
}
