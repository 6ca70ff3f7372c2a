import { ProviderError } from '../../domain/provider.ts';
import type { KidjigApi } from '../../kidjig-api.ts';
import type { CallOptions, Calls } from '../call.ts';
import type { KidjigAnswer } from './kidjig-answer.ts';
import { jobFailed, notReadable, questionFailed } from './kidjig-failure.ts';
import type { KidjigJob } from './kidjig-job.ts';
import { kidjigPath } from './kidjig-path.ts';
import { hearKidjig, isGood, type KidjigSaid } from './kidjig-said.ts';
import { kidjigVerdict } from './kidjig-verdict.ts';

/** It goes no further for the moment. */
export interface NotYet {
  /** `waiting`: it says so. `trouble`: it may pass. `odd`: no answer of a job's, which may pass too. */
  readonly why: 'waiting' | 'trouble' | 'odd';
  readonly error?: ProviderError;
  /** A word for its state that the setting does not know. */
  readonly word?: string | undefined;
}

/** Room for four pictures of 8 MiB in base64. */
export const maxAnswerBytes = 46 * 1024 * 1024;

const resultTimeoutMs = 60_000;
/** These are about the account, and stay as they are. */
const lasting = new Set(['unauthorized', 'forbidden', 'no-credits']);

/**
 * Asks for the status of a job and, where it is done, for its result.
 *
 * @throws {ProviderError} where it tells a failure that will not pass, or a result that is none
 */
export async function lookAtKidjig(
  calls: Calls,
  api: KidjigApi,
  job: KidjigJob,
  signal: AbortSignal,
): Promise<KidjigAnswer | NotYet> {
  const status = await ask(calls, api, kidjigPath(api.paths.status, job), { signal });
  if ('why' in status) return status;
  const state = stateIn(calls, status);
  if (state !== 'done') return state;

  const options = { signal, maxAnswerBytes, timeoutMs: resultTimeoutMs };
  const result = await ask(calls, api, kidjigPath(api.paths.result, job), options);
  return 'why' in result ? result : resultIn(calls, result);
}

/** Of the answers that are no success only the job's own state decides, so they tell nothing of it. */
function stateIn(calls: Calls, said: KidjigSaid): KidjigAnswer | NotYet | 'done' {
  const { answer, read } = said;
  const kind = kidjigVerdict(said)?.kind;
  if (!isGood(said)) {
    const error = questionFailed(calls, said);
    if (lasting.has(error.kind)) throw error;
    if (answer.status === 404) return { why: 'odd', error };
    if (answer.status >= 500) return { why: 'trouble', error };
    throw error;
  }
  throwIfOver(calls, said);
  if (read.state === 'waiting' || read.state === 'done')
    return read.state === 'done' ? 'done' : { why: 'waiting' };
  if (read.pictures.length > 0) return read;
  // It may well mean that it is still at it.
  if (read.state === 'unknown') return { why: 'waiting', word: read.word };
  if (kind === undefined)
    return { why: 'odd', error: notReadable(calls, said, 'it names no status and no picture') };
  const error = questionFailed(calls, said);
  if (lasting.has(kind)) throw error;
  return { why: kind === 'unavailable' || kind === 'busy' ? 'trouble' : 'odd', error };
}

function resultIn(calls: Calls, said: KidjigSaid): KidjigAnswer | NotYet {
  const { answer, read } = said;
  // A code that tells of a failed job may as well be that of the question.
  if (answer.status >= 500) {
    const error = jobFailed(calls, said);
    if (lasting.has(error.kind)) throw error;
    return { why: kidjigVerdict(said) ? 'odd' : 'trouble', error };
  }
  if (!isGood(said)) throw jobFailed(calls, said);
  throwIfOver(calls, said);
  if (read.state === 'waiting') return { why: 'waiting' };
  if (read.pictures.length > 0) return read;
  if (said.fault) throw jobFailed(calls, said, { kind: 'unavailable' });
  if (read.state === 'unknown') return { why: 'waiting', word: read.word };
  throw notReadable(calls, said, 'it names no picture');
}

function throwIfOver(calls: Calls, said: KidjigSaid): void {
  if (said.read.state === 'refused')
    throw jobFailed(calls, said, { kind: 'refused', outcome: 'nothing-made' });
  if (said.read.state === 'failed')
    throw jobFailed(calls, said, { kind: 'unavailable', outcome: 'unknown' });
}

/** What is sure to be the connection's or the pace's trouble is told here. */
async function ask(
  calls: Calls,
  api: KidjigApi,
  path: string,
  options: CallOptions,
): Promise<KidjigSaid | NotYet> {
  try {
    const said = hearKidjig(await calls.get(path, options), api);
    const { status, body } = said.answer;
    const cut = body.kind === 'unread' && (body.why === 'network' || body.why === 'timeout');
    if (cut) return { why: 'trouble', error: calls.unreadable(said.answer) };
    if (status !== 408 && status !== 425 && status !== 429) return said;
    const error = questionFailed(calls, said);
    return lasting.has(error.kind) ? said : { why: 'trouble', error };
  } catch (error) {
    if (options.signal.aborted || !(error instanceof ProviderError)) throw error;
    return { why: 'trouble', error };
  }
}
