import type { ErrorRow } from './row.ts';

/** The answer to the request has this body, and there is no job. */
export function instead(value: unknown): NonNullable<ErrorRow<'kidjig'>['how']> {
  return ({ jobs, faults }) => {
    jobs.next({ kind: 'failed', saidBy: 'result' });
    faults.next({ kind: 'field', path: '', value });
  };
}
