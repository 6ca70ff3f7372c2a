import { randomInt } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { RateWindow } from '../../domain/pace.ts';
import {
  ProviderError,
  type Provider,
  type ProviderCall,
  type ProviderResult,
} from '../../domain/provider.ts';
import type { ImageRequest } from '../../domain/request.ts';
import { accountOf } from '../account-of.ts';
import { jsonOf } from '../answer-body.ts';
import { createCalls } from '../call.ts';
import { readGenerated } from './stablecog-answer.ts';
import { writeOrder, type StablecogOrder } from './stablecog-body.ts';
import { mayStillCome, stablecogError } from './stablecog-failure.ts';
import { findMade } from './stablecog-find.ts';
import { createStablecogKnowledge } from './stablecog-knowledge.ts';
import type { StablecogModel } from './stablecog-model.ts';
import { stablecogPaths } from './stablecog-paths.ts';
import { resultOf } from './stablecog-result.ts';
import { createTaken } from './stablecog-taken.ts';
import { trustedHosts } from '../trusted-hosts.ts';

export type StablecogPlan = 'free' | 'starter' | 'pro' | 'ultimate';

export interface StablecogOptions {
  readonly apiKey: string;
  /** Without the version in its path, for example `https://api.stablecog.com`. */
  readonly apiUrl: string;
  /** Whether the deprecated paths are used; see {@link stablecogPaths}. */
  readonly oldPaths: boolean;
  /** It decides how many requests may be under way at once; on `free` all that is made is public. */
  readonly plan: StablecogPlan;
  /** What the plan allows, until answers tell another. */
  readonly windows: readonly RateWindow[];
  /** How long one call may take in all. The server takes up to 240 s for it and queues besides. */
  readonly timeoutMs: number;
  /** How long after a request what it made is looked for, if its answer is lost; 6 minutes unless told. */
  readonly findWithinMs?: number;
  readonly clock: Clock;
}

/** What is more waits in the server, for any length of time. Source: the constants of Stablecog's server. */
const parallelJobs: Readonly<Record<StablecogPlan, number>> = {
  free: 1,
  starter: 2,
  pro: 3,
  ultimate: 4,
};

const publicHost = 'api.stablecog.com:443';
const defaultFindWithinMs = 6 * 60_000;
/** It is looked for so long at least, however long the request itself took. */
const leastFindMs = 30_000;
/** How far back lies, at the most, what a dead process had sent. */
const recoverableMs = 24 * 3_600_000;
/** The API picks from the same numbers. */
const endOfSeeds = 2 ** 31 - 1;

/** A request that may have been made and whose answer is no use. */
interface Lost {
  readonly lost: ProviderError;
}

/**
 * Stablecog's text to image, `POST /v1/image/generation/create`: one long call, JPEG, one of its
 * credits for each picture asked for. Source: Stablecog's OpenAPI document and its server.
 *
 * A call that a proxy on the way gives up (an HTML 524 after 100 s), that is cut or cannot be read
 * goes on in the server and is charged. So it is never posted again: what it makes is looked for in
 * the list of the account's pictures, by its seed (and its words, where the member gave the seed), for
 * minutes.
 */
export function createStablecog(options: StablecogOptions): Provider {
  const { apiKey, apiUrl, plan, windows, timeoutMs, clock } = options;
  const { findWithinMs = defaultFindWithinMs } = options;
  const paths = stablecogPaths(options.oldPaths);
  const calls = createCalls({
    title: 'Stablecog',
    apiUrl,
    apiKey,
    headers: { authorization: `Bearer ${apiKey}` },
    timeoutMs,
    clock,
  });
  const taken = createTaken();
  const isPublic = plan === 'free';
  const knowledge = createStablecogKnowledge({ calls, paths, clock, isPublic });

  function modelOf(key: string): StablecogModel {
    const model = knowledge.find(key);
    if (model !== undefined) return model;
    const detail = 'Stablecog no longer offers this model';
    throw new ProviderError('invalid', 'nothing-made', `${detail}: ${key}`, { detail });
  }

  async function generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult> {
    const model = modelOf(request.model);
    const order = writeOrder(request, model, randomInt(endOfSeeds));
    const sentAt = clock.now();
    const answered = await ask(request, order, model, call);
    if (!('lost' in answered)) return answered;
    const until = Math.max(sentAt + findWithinMs, clock.now() + leastFindMs);
    const made = await look(request, order, model, { since: sentAt, until }, call);
    if (made === undefined) throw answered.lost;
    return made;
  }

  async function ask(
    request: ImageRequest,
    order: StablecogOrder,
    { schedulers }: StablecogModel,
    call: ProviderCall,
  ): Promise<ProviderResult | Lost> {
    const answer = await calls.post(paths.create, order.body, call).catch(orLost);
    if ('lost' in answer) return answer;
    if (answer.status !== 200) {
      const error = stablecogError(calls, answer);
      if (mayStillCome(answer)) return { lost: error };
      throw error;
    }
    const made = readGenerated(jsonOf(answer));
    if (made === undefined) return { lost: calls.unreadable(answer) };
    if (made.remaining_credits !== undefined) knowledge.noteBalance(made.remaining_credits);
    const { requestId } = answer;
    if (made.outputs.length === 0) {
      const message = 'Stablecog charged for the request and answered without a picture';
      throw new ProviderError('protocol', 'made', message, { status: 200, requestId });
    }
    const { outputs, settings: told = {} } = made;
    const result = resultOf(order, { outputs, told, asked: request.images, schedulers, requestId });
    if (result.pictures.length > 0) return taken.note(result);
    return { lost: calls.unreadable(answer, `no address of ${outputs.length} pictures`) };
  }

  /** Looks for what was made of an order whose answer is lost. */
  async function look(
    request: ImageRequest,
    order: StablecogOrder,
    model: StablecogModel,
    { since, until }: { readonly since: number; readonly until: number },
    { signal }: ProviderCall,
  ): Promise<ProviderResult | undefined> {
    const { seed, size } = order;
    const prompt = request.given.includes('seed') ? order.prompt : undefined;
    const sought = {
      prompt,
      seed,
      size,
      modelId: model.id,
      since,
      isTaken: (address: string) => taken.has(address),
    };
    const found = await findMade({ calls, clock, path: paths.outputs }, sought, until, signal);
    if (found === undefined) return undefined;
    const result = resultOf(order, {
      outputs: found,
      told: found[0]?.generation ?? {},
      asked: request.images,
      schedulers: model.schedulers,
      requestId: undefined,
    });
    return result.pictures.length === 0 ? undefined : taken.note(result);
  }

  async function find(
    request: ImageRequest,
    call: ProviderCall,
  ): Promise<ProviderResult | undefined> {
    const model = knowledge.find(request.model);
    // Without its seed a request cannot be told from another one of the same words.
    if (model === undefined || request.seed === undefined) return undefined;
    const order = orderSent(request, model, request.seed);
    if (order === undefined) return undefined;
    const now = clock.now();
    const since = call.sentAt ?? now - recoverableMs;
    const until = Math.max((call.sentAt ?? now) + findWithinMs, now + leastFindMs);
    return look(request, order, model, { since, until }, call);
  }

  return {
    name: 'stablecog',
    title: 'Stablecog',
    keySetting: 'STABLECOG_API_KEY',
    publicSetting: 'STABLECOG_PLAN',
    account: accountOf('stablecog', apiKey),
    trustedHosts: trustedHosts(publicHost, apiUrl),
    pace: { windows, concurrent: parallelJobs[plan] },
    models: () => knowledge.models(),
    refresh: (signal) => knowledge.refresh(signal),
    balance: () => knowledge.balance(),
    generate,
    find,
    check: (signal) => knowledge.readBalance(signal),
    close: () => calls.close(),
  };
}

/** Where no answer came to a request that may have been sent; what the caller cancelled is not sought. */
function orLost(error: unknown): Lost {
  if (!(error instanceof ProviderError) || error.outcome !== 'unknown') throw error;
  if (error.kind === 'cancelled') throw error;
  return { lost: error };
}

/** What was once sent for a request; `undefined` where the model would not take it any more. */
function orderSent(
  request: ImageRequest,
  model: StablecogModel,
  seed: number,
): StablecogOrder | undefined {
  try {
    return writeOrder(request, model, seed);
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}
