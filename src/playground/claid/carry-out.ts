import type { ServerResponse } from 'node:http';
import { sleep } from '../../schedule.ts';
import { answer, answerCut } from './answer.ts';
import type { Api, ReceivedRequest } from './api.ts';
import type { GenerateBody } from './contract.ts';
import type { GenerateFault } from './faults.ts';
import { garbage } from './garbage.ts';
import { createRandom } from './painting/random.ts';
import { produce } from './produce.ts';
import { cut, refuse } from './receive.ts';
import type { OutputFolder } from './storages.ts';

/** Makes what a good request asks for and answers, or does what the faults say instead. */
export async function carryOut(
  api: Api,
  received: ReceivedRequest,
  response: ServerResponse,
  headers: () => Record<string, string>,
  body: GenerateBody,
  output: OutputFolder | undefined,
): Promise<void> {
  const faults = api.faults.takeGenerate(body.prompt);
  const slowMs = faults.reduce((sum, it) => sum + (it.kind === 'slow' ? it.ms : 0), 0);
  const hold = find(faults, 'hold');
  const images = find(faults, 'makes')?.images ?? body.images;

  const reserved = api.books.reserve(images);
  if (reserved === undefined) return refuse(response, 402, headers());
  if (find(faults, 'hang') !== undefined) return reserved.release();
  if (hold?.charged !== true) await hold?.until;
  if (failsBeforeMaking(faults)) {
    await sleep(api.clock, slowMs, api.closing);
    reserved.release();
    fail(received, response, headers(), faults);
    return;
  }

  const [produced] = await Promise.all([
    produce(api, received.requestId, body, output, images, faults),
    sleep(api.clock, slowMs + latencyMs(api, received), api.closing),
  ]);
  const charge = { at: api.clock.now(), requestId: received.requestId, ...produced.charge };
  reserved.charge(charge);
  received.cost = charge.cost;
  api.events.emit('charge', charge);
  if (hold?.charged === true) await hold.until;
  if (fail(received, response, headers(), faults)) return;

  const text = JSON.stringify({ data: produced.data });
  const cutInBody = find(faults, 'cut-in-body');
  if (cutInBody === undefined) return answer(response, 200, headers(), text);
  received.cut = true;
  const type = { 'content-type': 'application/json' };
  return answerCut(response, { ...type, ...headers() }, Buffer.from(text), cutInBody.atByte);
}

function failsBeforeMaking(faults: readonly GenerateFault[]): boolean {
  return faults.some(
    (it) =>
      (it.kind === 'status' && it.charged !== true) ||
      (it.kind === 'garbage' && it.charged === false) ||
      (it.kind === 'cut' && it.when === 'before-charging'),
  );
}

/** Ends the request in the way of a fault, if there is one that replaces the answer. */
function fail(
  received: ReceivedRequest,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  faults: readonly GenerateFault[],
): boolean {
  const status = find(faults, 'status');
  const spoilt = find(faults, 'garbage');
  if (find(faults, 'cut') !== undefined) {
    cut(received, response);
  } else if (status !== undefined) {
    refuse(response, status.status, { ...headers, ...status.headers }, status);
  } else if (spoilt !== undefined) {
    const bad = garbage(spoilt);
    answer(response, bad.status, { ...headers, ...bad.headers }, bad.body);
  } else {
    return false;
  }
  return true;
}

function find<K extends GenerateFault['kind']>(
  faults: readonly GenerateFault[],
  kind: K,
): Extract<GenerateFault, { kind: K }> | undefined {
  return faults.find((it): it is Extract<GenerateFault, { kind: K }> => it.kind === kind);
}

function latencyMs(api: Api, received: ReceivedRequest): number {
  const { latencyMs: latency, seed } = api.settings;
  if (typeof latency === 'number') return latency;
  const random = createRandom(`latency ${seed} ${api.requests.indexOf(received)}`);
  return random.between(latency.min, latency.max);
}
