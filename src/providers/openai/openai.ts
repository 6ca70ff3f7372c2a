import type { Clock } from '../../clock.ts';
import type { RateWindow } from '../../domain/pace.ts';
import {
  ProviderError,
  type Provider,
  type ProviderCall,
  type ProviderResult,
} from '../../domain/provider.ts';
import type { ImageRequest } from '../../domain/request.ts';
import type { Warning } from '../../domain/warning.ts';
import { accountOf } from '../account-of.ts';
import { jsonOf } from '../answer-body.ts';
import type { ApiAnswer } from '../api-answer.ts';
import { createCalls } from '../call.ts';
import { hostOf } from '../host-of.ts';
import { readOpenaiMade, type OpenaiMade } from './openai-answer.ts';
import { writeOpenaiOrder, type OpenaiOrder } from './openai-body.ts';
import { openaiVerdict } from './openai-fault.ts';
import { openaiModels, type OpenaiModel, type OpenaiModelsOptions } from './openai-model.ts';
import { openaiServers } from './openai-servers.ts';
import { trustedHosts } from '../trusted-hosts.ts';

export interface OpenaiOptions extends OpenaiModelsOptions {
  /** Nothing (or an empty one) for a server that asks for none. */
  readonly apiKey: string | null | undefined;
  /** With the version in its path, for example `https://api.openai.com/v1`. */
  readonly apiUrl: string;
  /** Requests under way at once. */
  readonly parallelJobs: number;
  /** What the account may send; a server of one's own allows any. */
  readonly windows: readonly RateWindow[];
  /** How long one call may take in all. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const publicHost = 'api.openai.com:443';
/** Four large PNGs in base64, and as much again. */
const maxAnswerBytes = 48 * 1024 * 1024;
/** Source: OpenAI's OpenAPI document, `response_format`. */
const addressLifeMs = 60 * 60_000;

/**
 * OpenAI's images, `POST /images/generations`, and the servers that imitate it: one call, one answer.
 * None of them can be asked again for what it made, so an answer that is lost is lost.
 *
 * Where it answers with more pictures than asked for, the surplus is dropped, though counted in
 * `providerCost`, which counts pictures: what one costs depends on its size and quality.
 */
export function createOpenai(options: OpenaiOptions): Provider {
  const { server, apiUrl, parallelJobs, windows, timeoutMs, clock } = options;
  const apiKey = options.apiKey || undefined;
  const { title } = openaiServers[server];
  const atOpenai = hostOf(apiUrl) === publicHost;
  const models = openaiModels({ ...options, atOpenai });
  const calls = createCalls({
    title,
    apiUrl,
    apiKey,
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    timeoutMs,
    clock,
  });

  function rejected(answer: ApiAnswer): ProviderError {
    return calls.rejected(answer, openaiVerdict(server, answer));
  }

  function modelOf(key: string): OpenaiModel {
    const found = models.find(({ model }) => key === '' || model.key === key);
    if (found !== undefined) return found;
    const detail = `${title} no longer offers this model`;
    throw new ProviderError('invalid', 'nothing-made', `${detail}: ${key}`, { detail });
  }

  async function generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult> {
    const order = writeOpenaiOrder(request, modelOf(request.model));
    const answer = await calls.post('/images/generations', order.body, { ...call, maxAnswerBytes });
    if (answer.status !== 200) throw rejected(answer);
    const expiresAt = server === 'openai' ? clock.now() + addressLifeMs : null;
    const made = readOpenaiMade(jsonOf(answer), expiresAt);
    if (made === undefined) throw calls.unreadable(answer);
    if (made.pictures.length === 0)
      throw calls.unreadable(answer, `no picture that can be used, of ${made.named}`);
    return resultOf(order, made, request.images, answer.requestId);
  }

  async function check(signal: AbortSignal): Promise<void> {
    const answer = await calls.get('/models', { signal });
    // A key that may only make images is a good key, and a server without a list needs none.
    if (answer.status === 200 || [403, 404, 405, 429].includes(answer.status)) return;
    throw calls.rejected(answer, { detail: openaiVerdict(server, answer).detail });
  }

  return {
    name: 'openai',
    title,
    keySetting: 'OPENAI_API_KEY',
    account: accountOf('openai', `${apiUrl} ${apiKey ?? ''}`),
    trustedHosts: trustedHosts(publicHost, apiUrl),
    pace: { windows, concurrent: parallelJobs },
    models: () => models.map(({ model }) => model),
    generate,
    check,
    close: () => calls.close(),
  };
}

function resultOf(
  { told, size, prompt, negativeLeftOut }: OpenaiOrder,
  made: OpenaiMade,
  images: number,
  requestId: string | undefined,
): ProviderResult {
  const rewritten = made.prompt !== undefined && made.prompt !== prompt.trim();
  const used = { ...told, ...made.size };
  const warnings: readonly (Warning | false)[] = [
    negativeLeftOut && 'style-negative-left-out',
    (used.width !== size.width || used.height !== size.height) && 'size-changed',
    rewritten && 'prompt-rewritten',
  ];
  return {
    pictures: made.pictures.slice(0, images),
    providerCost: made.named,
    used: { ...used, ...(rewritten && made.prompt !== undefined ? { prompt: made.prompt } : {}) },
    requestId,
    warnings: warnings.filter((it) => it !== false),
  };
}
