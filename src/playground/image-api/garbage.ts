import type { CallFault } from './faults.ts';
import type { Voice } from './voice.ts';

type Garbage = Extract<CallFault, { kind: 'garbage' }>;

/** An answer that no reader of the contract can use. */
export function garbage(
  fault: Garbage,
  words: Voice['garbage'],
): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const bodies: Record<Garbage['body'], string> = {
    'not-json': words.notJson,
    'wrong-shape': words.wrongShape,
    empty: '',
    html: '<!DOCTYPE html><html><head><title>A timeout occurred</title></head><body><h1>Error 524</h1></body></html>',
  };
  const isHtml = fault.body === 'html';
  return {
    status: fault.status ?? (isHtml ? 524 : 200),
    headers: { 'content-type': isHtml ? 'text/html; charset=UTF-8' : 'application/json' },
    body: bodies[fault.body],
  };
}
