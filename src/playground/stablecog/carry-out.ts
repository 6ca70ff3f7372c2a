import { answerGood } from '../image-api/answer-good.ts';
import { fail, failsBeforeMaking } from '../image-api/fail.ts';
import { findFault } from '../image-api/find-fault.ts';
import { makeAndCharge, orderOf, slowMsOf } from '../image-api/make-and-charge.ts';
import type { GenerateFault } from '../image-api/faults.ts';
import type { Exchange } from '../image-api/voice.ts';
import { deadline, sleep } from '../../schedule.ts';
import type { Order } from './order.ts';
import { produce } from './produce.ts';
import type { StablecogProduced } from './produce.ts';
import type { StablecogServer } from './server.ts';
import { stablecogVoice } from './voice.ts';

const longestTimerMs = 2 ** 31 - 1;

/** What a job that is given up says. */
const timedOut = 'TIMEOUT';

/**
 * Makes what a good request asks for, keeps it in the account's list and answers, or does what the
 * faults say instead. A job that takes too long is given up and given back.
 *
 * @param refuse says an error in the API's words, with the settings
 */
export async function carryOut(
  server: StablecogServer,
  exchange: Exchange,
  order: Order,
  refuse: (status: number, message: string) => void,
): Promise<void> {
  const { api, history } = server;
  const { received } = exchange;
  const faults = api.faults.takeGenerate(order.prompt);
  const hold = findFault(faults, 'hold');
  let made: StablecogProduced | undefined;
  const job = {
    prompt: order.prompt,
    images: order.images,
    async produce(images: number, its: readonly GenerateFault[]): Promise<StablecogProduced> {
      made = await produce(server, received.requestId, order, images, its);
      return made;
    },
  };

  const reserved = api.books.reserve(orderOf(job, faults).cost);
  if (reserved === undefined) return refuse(400, 'insufficient_credits');
  if (/\bforbidden\b/i.test(order.prompt)) {
    reserved.release();
    return refuse(400, 'nsfw_prompt');
  }
  if (findFault(faults, 'hang') !== undefined) return reserved.release();
  if (hold?.charged !== true) await hold?.until;
  if (failsBeforeMaking(faults)) {
    await sleep(api.clock, slowMsOf(faults), api.closing);
    reserved.release();
    await fail(stablecogVoice, exchange, faults);
    return;
  }

  const limitMs = Math.min(api.settings.workerTimeoutMs, longestTimerMs);
  const limit = deadline(api.clock, limitMs, () => new Error(timedOut), api.closing);
  let produced;
  try {
    const limited = { ...api, closing: limit.signal };
    produced = await makeAndCharge(limited, received, job, faults, reserved);
  } catch (error) {
    if (!limit.signal.aborted || api.closing.aborted) throw error;
    reserved.release();
    return refuse(500, timedOut);
  } finally {
    limit.clear();
  }
  if (made !== undefined) history.add(made.keep(api.clock.now()));
  if (hold?.charged === true) await hold.until;
  if (await fail(stablecogVoice, exchange, faults)) return;
  await answerGood(exchange, produced.write(), faults);
}
