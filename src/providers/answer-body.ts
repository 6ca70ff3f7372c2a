import type { HttpAnswer } from './http.ts';

/** The text of an answer; `undefined` where its body did not come whole. A byte order mark is left out. */
export function textOf({ body }: HttpAnswer): string | undefined {
  return body.kind === 'read' ? new TextDecoder().decode(body.bytes) : undefined;
}

/** The JSON of an answer; `undefined` where its body did not come whole or is none. */
export function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(textOf(answer) ?? '');
  } catch {
    return undefined;
  }
}
