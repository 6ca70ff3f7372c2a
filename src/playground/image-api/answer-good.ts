import { gzipSync } from 'node:zlib';
import { answer, answerCut, answerCutAnywhere } from './answer.ts';
import type { GenerateFault } from './faults.ts';
import { findFault } from './find-fault.ts';
import { replaceField } from './replace-field.ts';
import type { Exchange } from './voice.ts';

/** Sends a good answer (JSON), with what the faults change about it. */
export async function answerGood(
  { received, response, headers }: Exchange,
  json: unknown,
  faults: readonly GenerateFault[],
): Promise<void> {
  let changed = json;
  for (const fault of faults)
    if (fault.kind === 'field') changed = replaceField(changed, fault.path, fault.value);
  let body = Buffer.from(JSON.stringify(changed) ?? '');
  const type = findFault(faults, 'content-type')?.type;
  let all: Record<string, string> = {
    'content-type': 'application/json',
    ...headers(),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  if (findFault(faults, 'gzip') !== undefined) {
    body = gzipSync(body);
    all = { ...all, 'content-encoding': 'gzip' };
  }
  const atByte = findFault(faults, 'cut')?.atByte;
  const inBody = findFault(faults, 'cut-in-body');
  if (atByte === undefined && inBody === undefined) return answer(response, 200, all, body);
  received.cut = true;
  return atByte === undefined
    ? answerCut(response, all, body, inBody?.atByte ?? 0)
    : answerCutAnywhere(response, all, body, atByte);
}
