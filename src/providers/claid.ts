import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import {
  ProviderError,
  type ProvidedPicture,
  type Provider,
  type ProviderCall,
  type ProviderErrorKind,
  type ProviderResult,
} from '../domain/provider.ts';
import type { ImageRequest } from '../domain/request.ts';
import { readFault, readGenerated, type ClaidPicture } from './claid-answer.ts';
import { createHttp, HttpError, type HttpAnswer, type HttpRequest } from './http.ts';
import { readRateLimits } from './rate-limits.ts';

export interface ClaidOptions {
  readonly apiKey: string;
  /** With the version in its path, for example `https://api.claid.ai/v1`. */
  readonly apiUrl: string;
  /** A folder of one's own that Claid writes to: `storage://name/path/`. */
  readonly output?: string | undefined;
  /** The address under which the keys of that storage can be fetched; needed with {@link output}. */
  readonly outputUrl?: string | undefined;
  /** How long one call may take in all. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Claid keeps pictures in its temporary bucket for one day. Source: Claid's docs, "output". */
const temporaryLifeMs = 24 * 3_600_000;
const maxAnswerBytes = 1024 * 1024;
const maxDetailLength = 300;
const publicHost = 'api.claid.ai:443';

/**
 * Claid's text to image, `POST /image/generate`: one call, one answer, PNG of 1024 × 1024, one of
 * Claid's credits for each picture. Source: Claid's OpenAPI document, `/v1/image/generate`.
 *
 * Where it answers with more pictures than asked for, the surplus is dropped, though charged and so
 * counted in `providerCost`. A picture that a content filter hit comes as a black one: see Pictures.
 *
 * @throws {Error} when `output` is given without `outputUrl`: what is made could never be fetched
 */
export function createClaid(options: ClaidOptions): Provider {
  const { apiKey, apiUrl, output, outputUrl, timeoutMs, clock } = options;
  if (output !== undefined && outputUrl === undefined) {
    throw new Error('an output storage needs the address under which it can be fetched');
  }
  // An address that belongs to no storage of ours says nothing about Claid's own bucket.
  const ownUrl = output === undefined ? undefined : outputUrl;
  const http = createHttp({ timeoutMs, maxBodyBytes: maxAnswerBytes, clock });
  const base = apiUrl.replace(/\/+$/, '');
  const authorization = `Bearer ${apiKey}`;

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await http.send(request);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const kind = error.why === 'network' ? 'unavailable' : error.why;
      const outcome = error.sent ? 'unknown' : 'nothing-made';
      throw new ProviderError(kind, outcome, `Claid: ${error.message}`, { cause: error.cause });
    }
  }

  async function generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult> {
    const answer = await send({
      method: 'POST',
      url: `${base}/image/generate`,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        input: request.prompt,
        options: { number_of_images: request.images, guidance_scale: request.guidance },
        ...(output === undefined ? {} : { output }),
      }),
      signal: call.signal,
    });
    const limits = readRateLimits(answer.headers, clock.now());
    if (limits !== undefined) call.onLimits(limits);
    if (answer.status !== 200) throw rejected(answer, apiKey);

    const requestId = requestIdOf(answer);
    const facts = { status: answer.status, requestId };
    if (answer.body.kind === 'unread') {
      const kind = unreadKinds[answer.body.why];
      const message = `Claid's answer did not come whole: ${answer.body.why}`;
      throw new ProviderError(kind, 'unknown', message, facts);
    }
    const made = readGenerated(answer.body.text);
    if (made === undefined) {
      throw new ProviderError('protocol', 'unknown', "Claid's answer cannot be read", facts);
    }
    const expiresAt = clock.now() + temporaryLifeMs;
    const pictures = made.flatMap((picture) => locate(picture, ownUrl, expiresAt) ?? []);
    if (pictures.length === 0) {
      const message = `Claid's answer names no picture that can be fetched, of ${made.length}`;
      throw new ProviderError('protocol', 'unknown', message, facts);
    }
    return {
      pictures: pictures.slice(0, request.images),
      providerCost: made.length,
      requestId,
      warnings: [],
    };
  }

  async function check(signal: AbortSignal): Promise<void> {
    const answer = await send({
      method: 'GET',
      url: `${base}/storage/storage-types`,
      headers: { authorization, accept: 'application/json' },
      signal,
    });
    // A key without the storage scope is a good key, and so is one that is out of credits or quota.
    if (answer.status === 200 || [402, 403, 429].includes(answer.status)) return;
    throw rejected(answer, apiKey);
  }

  return {
    name: 'claid',
    title: 'Claid',
    account: `claid:${createHash('sha256').update(apiKey).digest('hex').slice(0, 8)}`,
    trustedHosts: [
      ...[hostOf(apiUrl)].filter((host) => host !== publicHost),
      ...(ownUrl === undefined ? [] : [hostOf(ownUrl)]),
    ],
    generate,
    check,
    close: () => http.close(),
  };
}

const unreadKinds = {
  network: 'unavailable',
  timeout: 'timeout',
  cancelled: 'cancelled',
  'too-large': 'protocol',
} as const;

const kinds: Readonly<Record<number, ProviderErrorKind>> = {
  401: 'unauthorized',
  402: 'no-credits',
  403: 'forbidden',
  429: 'busy',
};

/**
 * The error of a status other than 200. Claid's 4xx are verdicts on the request, given before work
 * begins; anything else (5xx, a redirect, a gateway's 408) leaves open what was made.
 */
function rejected(answer: HttpAnswer, apiKey: string): ProviderError {
  const { status } = answer;
  const facts = { status, requestId: requestIdOf(answer) };
  const message = `Claid answered ${status}`;
  if (status >= 500 || status === 408) {
    return new ProviderError('unavailable', 'unknown', message, facts);
  }
  if (status < 400) return new ProviderError('protocol', 'unknown', message, facts);
  const kind = kinds[status] ?? 'invalid';
  if (kind !== 'invalid') return new ProviderError(kind, 'nothing-made', message, facts);
  const fault = answer.body.kind === 'read' ? readFault(answer.body.text) : undefined;
  const detail = fault === undefined ? undefined : presentable(fault, apiKey);
  return new ProviderError(kind, 'nothing-made', message, { ...facts, detail });
}

/** It is shown to members and logged, so nothing but what an id is made of. */
function requestIdOf(answer: HttpAnswer): string | undefined {
  return /^[\w.:-]{1,100}$/.exec(answer.headers['x-request-id'] ?? '')?.[0];
}

/** One line, without the key, cut; `undefined` where nothing is left. */
function presentable(text: string, apiKey: string): string | undefined {
  const line = text
    .replaceAll(apiKey, '…')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (line === '') return undefined;
  if (line.length <= maxDetailLength) return line;
  return `${line.slice(0, maxDetailLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function locate(
  picture: ClaidPicture,
  outputUrl: string | undefined,
  expiresAt: number,
): ProvidedPicture | undefined {
  if (outputUrl !== undefined && picture.object_key !== undefined) {
    const url = addressOf(outputUrl, picture.object_key);
    if (url !== undefined) return { kind: 'address', url, expiresAt: null };
  }
  const temporary = picture.tmp_url ?? '';
  if (!URL.canParse(temporary)) return undefined;
  const { protocol, href } = new URL(temporary);
  const fetchable = protocol === 'https:' || protocol === 'http:';
  return fetchable ? { kind: 'address', url: href, expiresAt } : undefined;
}

/** The key below the address. A key that would lead out of it is none: its host is trusted. */
function addressOf(outputUrl: string, key: string): string | undefined {
  const parts = key.replace(/^\/+/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  if (!key.isWellFormed()) return undefined;
  return `${outputUrl.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
}

/** `host:port` of an address, the port also where it is the protocol's own. */
function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`;
}
