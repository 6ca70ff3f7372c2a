import type { KidjigApi } from '../../kidjig-api.ts';
import { jsonOf } from '../answer-body.ts';
import type { ApiAnswer } from '../api-answer.ts';
import { readKidjig, type KidjigAnswer } from './kidjig-answer.ts';
import { readKidjigFault, type KidjigFault } from './kidjig-fault.ts';

/** An answer of Kidjig's and what it says, from one reading of its JSON. */
export interface KidjigSaid {
  readonly answer: ApiAnswer;
  /** `undefined` where it is none. */
  readonly json: unknown;
  readonly read: KidjigAnswer;
  /** `undefined` where it says nothing of an error. */
  readonly fault: KidjigFault | undefined;
}

/** Reads an answer of any of the three steps, whatever its status. */
export function hearKidjig(answer: ApiAnswer, api: KidjigApi): KidjigSaid {
  const json = jsonOf(answer);
  return {
    answer,
    json,
    read: readKidjig(json, api),
    fault: readKidjigFault(json, answer.headers),
  };
}

/** Whether the status of the answer is a success. */
export function isGood({ answer: { status } }: KidjigSaid): boolean {
  return status >= 200 && status <= 299;
}
