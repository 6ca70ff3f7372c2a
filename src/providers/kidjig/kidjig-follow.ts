import type { Clock } from '../../clock.ts';
import { ProviderError } from '../../domain/provider.ts';
import type { KidjigApi } from '../../kidjig-api.ts';
import type { Log } from '../../log.ts';
import { deadline, sleep } from '../../schedule.ts';
import type { Calls } from '../call.ts';
import type { KidjigAnswer } from './kidjig-answer.ts';
import { requestIdOfJob, type KidjigJob } from './kidjig-job.ts';
import { lookAtKidjig } from './kidjig-look.ts';

export interface KidjigParts {
  readonly calls: Calls;
  readonly api: KidjigApi;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;
const growth = 1.5;
/** In a row. A job that was just taken may not be known everywhere yet. */
const mostOdd = 3;
/** Told to the operator, of one job. */
const mostWords = 5;

/**
 * Asks how a job is doing, after 0.5 s at first and every 5 s at last, and fetches what it made. What
 * may pass (no answer, 429, 5xx, a word that is not known) is asked again until the job's end; answers
 * that cannot be read, and a 404, three times in a row.
 *
 * @throws {ProviderError} never `busy`, since the job is there and must not be posted again; `timeout`
 *   at the job's end
 */
export async function followKidjig(
  parts: KidjigParts,
  job: KidjigJob,
  signal: AbortSignal,
): Promise<KidjigAnswer> {
  const { calls, api, clock } = parts;
  const leftMs = Math.max(job.until - clock.now(), 0);
  const limit = deadline(clock, leftMs, () => new Error('the end of the job'), signal);
  const tellWord = wordTeller(parts);
  let trouble: ProviderError | undefined;
  try {
    let odd = 0;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * growth, longestPauseMs)) {
      await sleep(clock, pauseMs, limit.signal);
      const found = await lookAtKidjig(calls, api, job, limit.signal);
      if ('pictures' in found) return found;
      tellWord(found.word);
      trouble = found.error;
      if (found.why === 'waiting') odd = 0;
      else if (found.why === 'odd') odd += 1;
      if (trouble && odd > mostOdd) throw trouble;
    }
  } catch (error) {
    const requestId = requestIdOfJob(job);
    if (limit.signal.aborted) {
      const kind = signal.aborted ? 'cancelled' : 'timeout';
      const message = signal.aborted ? 'the wait was broken off' : 'the job did not end in time';
      const last = trouble ? `; the last trouble: ${trouble.message}` : '';
      const facts = { requestId, status: trouble?.status, cause: error };
      throw new ProviderError(kind, 'unknown', `Kidjig: ${message}${last}`, facts);
    }
    if (!(error instanceof ProviderError) || error.requestId !== undefined) throw error;
    const { kind, outcome, message, status, detail } = error;
    throw new ProviderError(kind, outcome, message, { status, requestId, detail, cause: error });
  } finally {
    limit.clear();
  }
}

/** Tells the operator each word once, so that it can be put into the setting. */
function wordTeller({ log }: KidjigParts): (word: string | undefined) => void {
  const told = new Set<string>();
  return (word) => {
    const shown = word?.replaceAll(/[^\w -]+/g, '').slice(0, 40);
    if (shown === undefined || told.has(shown) || told.size === mostWords) return;
    told.add(shown);
    log?.warn(
      { status: shown },
      'a status of Kidjig’s that is not among the words of KIDJIG_MODELS',
    );
  };
}
