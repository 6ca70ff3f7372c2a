import { sleep } from '../../schedule.ts';
import { answerGood } from './answer-good.ts';
import type { ImageApi } from './api.ts';
import { fail } from './fail.ts';
import type { GenerateFault } from './faults.ts';
import { findFault } from './find-fault.ts';
import { slowMsOf } from './make-and-charge.ts';
import type { Exchange, Voice } from './voice.ts';

/**
 * Answers a call that makes nothing itself (a list, a balance, the state of a job) with JSON, or does
 * what the faults say instead.
 */
export async function answerCall(
  api: ImageApi,
  voice: Voice,
  exchange: Exchange,
  faults: readonly GenerateFault[],
  write: () => unknown,
): Promise<void> {
  if (findFault(faults, 'hang') !== undefined) return;
  const slowMs = slowMsOf(faults);
  if (slowMs > 0) await sleep(api.clock, slowMs, api.closing);
  await findFault(faults, 'hold')?.until;
  if (await fail(voice, exchange, faults)) return;
  await answerGood(exchange, write(), faults);
}
