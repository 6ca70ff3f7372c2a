import type { Clock } from '../../clock.ts';
import type { RateWindow } from '../../domain/pace.ts';
import { ProviderError } from '../../domain/provider.ts';
import type { Provider, ProviderCall, ProviderResult } from '../../domain/provider.ts';
import { promptSent, type ImageRequest } from '../../domain/request.ts';
import type { Warning } from '../../domain/warning.ts';
import type { KidjigModel, KidjigSetting } from '../../kidjig-models.ts';
import type { Log } from '../../log.ts';
import { accountOf } from '../account-of.ts';
import { createCalls } from '../call.ts';
import { hostOf } from '../host-of.ts';
import type { KidjigAnswer } from './kidjig-answer.ts';
import { jobFailed, notReadable, notTaken } from './kidjig-failure.ts';
import { followKidjig } from './kidjig-follow.ts';
import { readJob, requestIdOfJob, writeJob, type KidjigJob } from './kidjig-job.ts';
import { maxAnswerBytes } from './kidjig-look.ts';
import { kidjigPath } from './kidjig-path.ts';
import { kidjigBody, kidjigModel, kidjigTold } from './kidjig-request.ts';
import { hearKidjig, isGood } from './kidjig-said.ts';
import { kidjigVerdict } from './kidjig-verdict.ts';

export interface KidjigOptions {
  readonly apiKey: string;
  /** For example `https://api.kidjig.com/provider`. */
  readonly apiUrl: string;
  /** Its models, and how the API is spoken to. */
  readonly setting: KidjigSetting;
  /** What the account may send; none are documented. */
  readonly windows: readonly RateWindow[];
  /** From the request to its pictures, a restart between them included. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Told, as a warning, the words that the setting does not know. */
  readonly log?: Log | undefined;
}

const publicHost = 'api.kidjig.com:443';
/** Pictures may come within the answers: those of more jobs than these would pile up in memory. */
const parallelJobs = 4;
/** A job that is taken up near its end, or after it, is asked for within this time all the same. */
const lastChanceMs = 30_000;
/** An id that no job has: asking for it tells whether the key is good. */
const noJob = '00000000-0000-0000-0000-000000000000';

/**
 * Kidjig's image jobs: submit, status, result. Source: the samples of its vendor, which prove the three
 * paths, the key's header and the prompt; all else is as the operator's setting has it.
 *
 * What a job made is counted in `providerCost` whole, by its own word or else by pictures. A picture
 * that it flags in `has_nsfw_concepts` is one like any other: the model's own filter blackens what it
 * does not let through, which is found out with the picture's bytes.
 */
export function createKidjig(options: KidjigOptions): Provider {
  const { apiKey, apiUrl, setting, windows, timeoutMs, clock, log } = options;
  const { api } = setting;
  const models = setting.models.map(kidjigModel);
  const calls = createCalls({
    title: 'Kidjig',
    apiUrl,
    apiKey,
    headers: { [api.key.header]: `${api.key.prefix}${apiKey}` },
    timeoutMs,
    clock,
  });
  const parts = { calls, api, clock, log };

  function find(key: string): KidjigModel {
    const found = setting.models.find(({ name }) => key === '' || key === `kidjig/${name}`);
    if (found === undefined)
      throw new ProviderError('invalid', 'nothing-made', 'Kidjig: the model is not in the setting');
    return found;
  }

  async function generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult> {
    const model = find(request.model);
    const until = clock.now() + timeoutMs;
    const path = kidjigPath(api.paths.generate, { model: model.path });
    // Whoever has switched `sync_mode` off gets no pictures here.
    const limits = model.options.sync_mode?.value === false ? {} : { maxAnswerBytes };
    const answer = await calls.post(path, kidjigBody(model, request), { ...call, ...limits });
    const said = hearKidjig(answer, api);
    if (!isGood(said)) throw notTaken(calls, said);
    const { read } = said;
    const job: KidjigJob = {
      model: model.path,
      id: read.requestId ?? '',
      images: request.images,
      until,
      told: kidjigTold(model, request),
      warnings: warningsOf(model, request),
    };
    if (read.state === 'refused')
      throw jobFailed(calls, said, { kind: 'refused', outcome: 'nothing-made' });
    if (read.state === 'failed') throw jobFailed(calls, said, { kind: 'unavailable' });
    const sent = promptSent(request);
    if (read.pictures.length > 0 && read.state !== 'waiting') return resultOf(job, read, sent);
    if (read.requestId === undefined) {
      if (said.fault) throw notTaken(calls, said);
      throw notReadable(calls, said, 'it names neither a request nor a picture');
    }
    await record(job, call);
    return resultOf(job, await followKidjig(parts, job, call.signal), sent);
  }

  /** What is paid for is not given up because it cannot be written down. */
  async function record(job: KidjigJob, call: ProviderCall): Promise<void> {
    try {
      await call.record(writeJob(job));
    } catch (error) {
      log?.warn({ err: error }, 'a job of Kidjig’s could not be written down; going on');
    }
  }

  async function resume(jobRef: string, call: ProviderCall): Promise<ProviderResult> {
    const job = readJob(jobRef);
    if (job === undefined)
      throw new ProviderError('protocol', 'unknown', 'Kidjig: what was kept is no job of its');
    const now = clock.now();
    // A clock that was set back does not make it longer.
    const left = Math.min(Math.max(job.until - now, lastChanceMs), timeoutMs);
    return resultOf(
      job,
      await followKidjig(parts, { ...job, until: now + left }, call.signal),
      undefined,
    );
  }

  async function check(signal: AbortSignal): Promise<void> {
    const { path: model } = find('');
    const path = kidjigPath(api.paths.status, { model, id: noJob });
    const answer = await calls.get(path, { signal });
    const kind = kidjigVerdict(hearKidjig(answer, api))?.kind;
    // Whatever else it says of a job that there is not, it has taken the key.
    if (answer.status === 401 || answer.status >= 500 || kind === 'unauthorized')
      throw calls.rejected(answer, { kind: kind === 'unauthorized' ? kind : undefined });
  }

  return {
    name: 'kidjig',
    title: 'Kidjig',
    keySetting: 'KIDJIG_API_KEY',
    account: accountOf('kidjig', apiKey),
    trustedHosts: [hostOf(apiUrl)].filter((host) => host !== publicHost),
    pace: { windows, concurrent: parallelJobs },
    models: () => models,
    generate,
    resume,
    check,
    close: () => calls.close(),
  };
}

function warningsOf({ options }: KidjigModel, { style }: ImageRequest): readonly Warning[] {
  const leftOut = style?.kind === 'guild' && style.negative !== '' && !options.negative;
  return leftOut ? ['style-negative-left-out'] : [];
}

/** @param sent the text that went out, where it is known */
function resultOf(job: KidjigJob, read: KidjigAnswer, sent: string | undefined): ProviderResult {
  const { prompt, ...used } = read.used;
  const rewritten = sent !== undefined && prompt !== undefined && prompt.trim() !== sent.trim();
  return {
    pictures: read.pictures.slice(0, job.images),
    providerCost: read.cost ?? read.named,
    used: { ...job.told, ...used, ...(rewritten ? { prompt } : {}) },
    requestId: requestIdOfJob(job),
    warnings: rewritten ? [...job.warnings, 'prompt-rewritten'] : job.warnings,
  };
}
