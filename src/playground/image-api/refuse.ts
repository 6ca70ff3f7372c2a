import type { ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import type { Voice } from './voice.ts';

/** Answers with an error in the API's own envelope. */
export function refuse(
  voice: Voice,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  told: {
    readonly message?: string | undefined;
    readonly nested?: boolean | undefined;
    /** Stand above all others. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
  } = {},
): void {
  const refusal = voice.refusal(status, told);
  answer(response, status, { ...headers, ...refusal.headers, ...told.headers }, refusal.body);
}
