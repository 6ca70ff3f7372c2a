import type { GenerateFault } from './faults.ts';

type Garbage = Extract<GenerateFault, { kind: 'garbage' }>;

/** An answer that no reader of the contract can use. */
export function garbage(fault: Garbage): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const bodies: Record<Garbage['body'], string> = {
    'not-json': '{"data":{"input":{"text":"a',
    'wrong-shape': '{"data":{"input":"text","output":{"tmp_url":17}}}',
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
