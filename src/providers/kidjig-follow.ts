import type { Clock } from '../clock.ts';
import { ProviderError } from '../domain/provider.ts';
import type { KidjigApi } from '../kidjig-api.ts';
import type { Log } from '../log.ts';
import { deadline, sleep } from '../schedule.ts';
import { jsonOf } from './answer-body.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { CallOptions, Calls } from './call.ts';
import { readKidjig, type KidjigAnswer } from './kidjig-answer.ts';
import { jobFailed, kidjigVerdict, notReadable } from './kidjig-failure.ts';
import { readKidjigFault } from './kidjig-fault.ts';
import { requestIdOfJob, type KidjigJob } from './kidjig-job.ts';
import { kidjigPath } from './kidjig-path.ts';

export interface KidjigParts {
  readonly calls: Calls;
  readonly api: KidjigApi;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

/** Room for four pictures of 8 MiB in base64. */
export const maxAnswerBytes = 46 * 1024 * 1024;

const firstPauseMs = 500;
const longestPauseMs = 5000;
const growth = 1.5;
/** In a row; each has been tried four times, so this is a minute and a half at the least. */
const mostTroubles = 10;
const resultTimeoutMs = 60_000;

/** It goes no further for the moment: still waiting, or in trouble that may pass. */
interface NotYet {
  readonly trouble: ProviderError | undefined;
}

/**
 * Asks how a job is doing, after 0.5 s at first and every 5 s at last, and fetches what it made. What
 * may pass (no answer, 429, 5xx) is asked again.
 *
 * @throws {ProviderError} never `busy`, since the job is there and must not be posted again; `timeout`
 *   at the job's end
 */
export async function followKidjig(
  parts: KidjigParts,
  job: KidjigJob,
  signal: AbortSignal,
): Promise<KidjigAnswer> {
  const { clock } = parts;
  const leftMs = Math.max(job.until - clock.now(), 0);
  const limit = deadline(clock, leftMs, () => new Error('the end of the job'), signal);
  try {
    let troubles = 0;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * growth, longestPauseMs)) {
      await sleep(clock, pauseMs, limit.signal);
      const found = await look(parts, job, limit.signal);
      if ('pictures' in found) return found;
      troubles = found.trouble ? troubles + 1 : 0;
      if (found.trouble && troubles === mostTroubles) throw found.trouble;
    }
  } catch (error) {
    const requestId = requestIdOfJob(job);
    if (limit.signal.aborted) {
      const kind = signal.aborted ? 'cancelled' : 'timeout';
      const message = signal.aborted ? 'the wait was broken off' : 'the job did not end in time';
      throw new ProviderError(kind, 'unknown', `Kidjig: ${message}`, { requestId, cause: error });
    }
    if (!(error instanceof ProviderError) || error.requestId !== undefined) throw error;
    const { kind, outcome, message, status, detail } = error;
    throw new ProviderError(kind, outcome, message, { status, requestId, detail, cause: error });
  } finally {
    limit.clear();
  }
}

/** Asks for the status and, where it is done, for the result. */
async function look(
  parts: KidjigParts,
  job: KidjigJob,
  signal: AbortSignal,
): Promise<KidjigAnswer | NotYet> {
  const { calls, api } = parts;
  const status = await get(calls, kidjigPath(api.paths.status, job), { signal }, false);
  if ('trouble' in status) return status;
  const read = readStep(parts, status);
  if (read.state === 'waiting') return { trouble: undefined };
  if (read.state !== 'done') return hasPictures(parts, status, read);

  const options = { signal, maxAnswerBytes, timeoutMs: resultTimeoutMs };
  const result = await get(calls, kidjigPath(api.paths.result, job), options, true);
  if ('trouble' in result) return result;
  const made = readStep(parts, result);
  return made.state === 'waiting' ? { trouble: undefined } : hasPictures(parts, result, made);
}

/** @param ofJob whether a 5xx that says why speaks of the job, not of the question */
async function get(
  calls: Calls,
  path: string,
  options: CallOptions,
  ofJob: boolean,
): Promise<ApiAnswer | NotYet> {
  let answer: ApiAnswer;
  try {
    answer = await calls.get(path, options);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof ProviderError)) throw error;
    return { trouble: error };
  }
  if (answer.status !== 429 && answer.status < 500) {
    const { body } = answer;
    const cut = body.kind === 'unread' && (body.why === 'network' || body.why === 'timeout');
    return cut ? { trouble: calls.unreadable(answer) } : answer;
  }
  const kind = kidjigVerdict(answer)?.kind;
  const mayPass = kind === undefined || kind === 'busy' || (kind === 'unavailable' && !ofJob);
  return mayPass ? { trouble: jobFailed(calls, answer) } : answer;
}

/** @throws {ProviderError} where it tells a failure, or nothing that is known */
function readStep({ calls, api, log }: KidjigParts, answer: ApiAnswer): KidjigAnswer {
  if (answer.status < 200 || answer.status > 299) throw jobFailed(calls, answer);
  const read = readKidjig(jsonOf(answer), api);
  switch (read.state) {
    case 'refused':
      throw jobFailed(calls, answer, { kind: 'refused', outcome: 'nothing-made' });
    case 'failed':
      throw jobFailed(calls, answer, { kind: 'unavailable', outcome: 'unknown' });
    case 'unknown':
      if (read.pictures.length > 0) return read;
      log?.debug({ status: read.word?.slice(0, 64) }, 'a status of Kidjig’s that is not known');
      throw notReadable(calls, answer, 'its status is not known');
    case 'waiting':
    case 'done':
    case undefined:
      return read;
  }
}

function hasPictures({ calls }: KidjigParts, answer: ApiAnswer, read: KidjigAnswer): KidjigAnswer {
  if (read.pictures.length > 0) return read;
  if (readKidjigFault(answer)) throw jobFailed(calls, answer, { kind: 'unavailable' });
  throw notReadable(calls, answer, 'it names no picture');
}
