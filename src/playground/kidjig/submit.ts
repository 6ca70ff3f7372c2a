import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from '../image-api/answer.ts';
import { answerGood } from '../image-api/answer-good.ts';
import { carryOut } from '../image-api/carry-out.ts';
import { fail, failsBeforeMaking } from '../image-api/fail.ts';
import { findFault } from '../image-api/find-fault.ts';
import { makeAndCharge, orderOf, slowMsOf, type Job } from '../image-api/make-and-charge.ts';
import { readCall } from '../image-api/read-call.ts';
import { cut, receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { Exchange } from '../image-api/voice.ts';
import { sleep } from '../../schedule.ts';
import { hasModel, readBodyOf } from './contract.ts';
import type { JobEnd, KidjigJob } from './jobs.ts';
import type { KidjigApi } from './kidjig-api.ts';
import { imagesOf, produce } from './result.ts';
import { problemsBody, refusedBody, voiceOf } from './voice.ts';
import { inEnvelope, wordFor } from './words.ts';

const maxBodyBytes = 20 * 1_048_576;

/**
 * `POST …/image/generate/{model}`. Checked in this order: key, windows (429), model (404), body (422),
 * credits (402). What passes becomes a job, or with `sync_mode` is answered with its pictures.
 */
export async function handleSubmit(
  kidjig: KidjigApi,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  model: string,
): Promise<void> {
  const { api } = kidjig;
  const { settings } = api;
  const voice = voiceOf(settings);
  const received = receive(api, request, response, path);
  if (api.faults.takeCutBeforeReading()) return cut(received, response);
  const { text, json } = await readCall(api, received, request, { maxBodyBytes, promptOf });
  const headers = (): Record<string, string> => ({ 'x-request-id': received.requestId });
  const say = (status: number): void => refuse(voice, response, status, headers());

  if (request.method !== 'POST') return say(405);
  if (request.headers['x-api-key'] !== api.key) return kidjig.refuseKey(response, headers());
  if (!api.windows.take().accepted) return say(429);
  if (settings.strict && !hasModel(model)) return say(404);
  if (text === undefined) return say(413);
  if (json === undefined) return say(400);
  const body = readBodyOf(model, json, settings);
  if ('problems' in body) {
    return answer(response, 422, headers(), problemsBody(settings, body.problems));
  }
  const isForbidden = /\bforbidden\b/i.test(body.prompt);
  if (isForbidden && settings.refusesAt === 'submit') {
    return answer(response, 422, headers(), refusedBody(settings));
  }
  const exchange: Exchange = { received, response, headers };
  const sync = body.parameters['sync_mode'] === true && settings.syncMode;
  const job: Job = {
    prompt: body.prompt,
    images: imagesOf(body),
    produce: (images, faults) =>
      produce(
        api,
        received.requestId,
        body,
        images,
        faults,
        sync ? 'base64' : settings.pictureForm,
      ),
  };
  if (!sync) {
    const end: JobEnd =
      isForbidden && settings.refusesAt !== 'submit'
        ? { kind: 'refused', saidBy: settings.refusesAt }
        : kidjig.jobs.takeEnd();
    return queue(kidjig, exchange, job, model, end);
  }
  if (isForbidden) return answer(response, 422, headers(), refusedBody(settings));
  return carryOut(api, voice, exchange, job);
}

/**
 * Takes a job into the queue and answers with its id, or does what the faults say instead. It is made
 * and charged while the caller asks for its state; a fault that comes after the charge waits for it.
 */
async function queue(
  kidjig: KidjigApi,
  exchange: Exchange,
  wanted: Job,
  model: string,
  end: JobEnd,
): Promise<void> {
  const { api, jobs } = kidjig;
  const voice = voiceOf(api.settings);
  const { received, response } = exchange;
  const faults = api.faults.takeGenerate(wanted.prompt);
  const hold = findFault(faults, 'hold');
  const reserved = api.books.reserve(orderOf(wanted, faults).cost);
  if (reserved === undefined) {
    return refuse(voice, response, voice.noCredits.status, exchange.headers(), voice.noCredits);
  }
  if (findFault(faults, 'hang') !== undefined) return reserved.release();
  if (hold?.charged !== true) await hold?.until;
  if (failsBeforeMaking(faults)) {
    await sleep(api.clock, slowMsOf(faults), api.closing);
    reserved.release();
    await fail(voice, exchange, faults);
    return;
  }

  const job: KidjigJob = {
    id: api.clock.id(),
    requestId: received.requestId,
    model,
    prompt: wanted.prompt,
    end,
    over: end.kind === 'failed' || end.kind === 'refused',
    polls: 0,
    result: undefined,
  };
  jobs.add(job);
  const over =
    end.kind === 'made'
      ? makeAndCharge(api, received, wanted, faults, reserved).then((produced) => {
          job.result = () => produced.write();
          job.over = true;
        })
      : Promise.resolve(reserved.release());
  // The stand-in closes: nobody asks for it any more.
  over.catch(() => undefined);
  if (hold?.charged === true) {
    await over;
    await hold.until;
  }
  if (spoilsTheAnswer(faults)) await over;
  if (await fail(voice, exchange, faults)) return;
  await answerGood(exchange, acceptedBody(kidjig, job), faults);
}

/** Whether the caller will not learn of the job, so that it is charged before. */
function spoilsTheAnswer(faults: Parameters<typeof fail>[2]): boolean {
  const unspoilt = new Set(['slow', 'hold', 'makes', 'black', 'picture', 'address']);
  return faults.some(({ kind }) => !unspoilt.has(kind));
}

/** As fal answers, its addresses left out: those of Kidjig are its own. */
function acceptedBody({ api: { settings } }: KidjigApi, job: KidjigJob): object {
  return inEnvelope(
    { ...settings, cost: undefined },
    {
      [settings.requestIdName]: job.id,
      status: wordFor(settings, { ...job, over: false }),
      queue_position: 0,
    },
  );
}

function promptOf(body: unknown): string | undefined {
  const prompt =
    typeof body === 'object' && body !== null && 'prompt' in body ? body.prompt : undefined;
  return typeof prompt === 'string' ? prompt : undefined;
}
