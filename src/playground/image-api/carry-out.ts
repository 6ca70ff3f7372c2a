import { sleep } from '../../schedule.ts';
import { answerGood } from './answer-good.ts';
import type { ImageApi } from './api.ts';
import { fail, failsBeforeMaking } from './fail.ts';
import { findFault } from './find-fault.ts';
import { makeAndCharge, orderOf, slowMsOf } from './make-and-charge.ts';
import type { Job } from './make-and-charge.ts';
import { refuse } from './refuse.ts';
import type { Exchange, Voice } from './voice.ts';

/** Makes what a good request asks for and answers, or does what the faults say instead. */
export async function carryOut(
  api: ImageApi,
  voice: Voice,
  exchange: Exchange,
  job: Job,
): Promise<void> {
  const { received, response } = exchange;
  const faults = api.faults.takeGenerate(job.prompt);
  const hold = findFault(faults, 'hold');

  const reserved = api.books.reserve(orderOf(job, faults).cost);
  if (reserved === undefined) {
    refuse(voice, response, voice.noCredits.status, exchange.headers(), voice.noCredits);
    return;
  }
  if (findFault(faults, 'hang') !== undefined) return reserved.release();
  if (hold?.charged !== true) await hold?.until;
  if (failsBeforeMaking(faults)) {
    await sleep(api.clock, slowMsOf(faults), api.closing);
    reserved.release();
    await fail(voice, exchange, faults);
    return;
  }

  const produced = await makeAndCharge(api, received, job, faults, reserved);
  if (hold?.charged === true) await hold.until;
  if (await fail(voice, exchange, faults)) return;
  await answerGood(exchange, produced.write(), faults);
}
