import { answers, longPause } from './answers.ts';
import { instead } from './kidjig-instead.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

const strangeWord = { kind: 'field', path: 'status', value: 'ASLEEP' } as const;

/** What Kidjig itself is known to answer. */
export const kidjigRows: readonly ErrorRow<'kidjig'>[] = [
  {
    row: 'kidjig 3.1: invalid_api_key with 401',
    how: answers(401),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'kidjig 3.1: invalid_api_key with 200',
    how: instead({ error: { code: 'invalid_api_key', message: 'Invalid API key provided' } }),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'kidjig 3.1: invalid_api_key to the question for the status',
    how: ({ faults }) => faults.nextAt('status', { kind: 'status', status: 401 }),
    reads: sentences.uncertain,
    credits: 'back',
    operator: true,
  },
  {
    row: 'kidjig 3.1: rate_limit_exceeded for a while',
    how: ({ faults }) => faults.next({ kind: 'status', status: 429 }, 2),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'kidjig 3.1: rate_limit_exceeded with a pause of 10 minutes',
    how: answers(429, undefined, longPause),
    reads: sentences.busy,
    credits: 'back',
  },
  {
    row: 'kidjig 3.1: 200 success: false, with a message',
    how: instead({ success: false, message: 'The prompt must be English.' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.1: 400 success: false, with a message',
    how(standIn) {
      standIn.settings.errors = 'message';
      answers(400, 'The prompt must be English.')(standIn);
    },
    reads: sentences.notAccepted('The prompt must be English.'),
    credits: 'back',
  },
  {
    row: 'kidjig 3.1: 200 that names neither a request nor a picture',
    how: ({ faults }) => faults.next({ kind: 'garbage', body: 'wrong-shape' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.3: a status word that is not known, once',
    how: ({ faults }) => faults.nextAt('status', strangeWord),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'kidjig 3.3: a status word that is not known, to the end',
    how: ({ faults }) => faults.nextAt('status', strangeWord, 1000),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'kidjig 3.3: a job that never ends',
    how: ({ jobs }) => jobs.next({ kind: 'never' }),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'kidjig 3.3: 200 FAILED',
    how: ({ jobs }) => jobs.next({ kind: 'failed', saidBy: 'status' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.3: fewer pictures',
    how: ({ faults }) => faults.next({ kind: 'makes', images: 2 }),
    reads: sentences.fewer(2),
    credits: 'kept',
  },
  {
    row: 'kidjig 3.3: a result without pictures',
    how: ({ faults }) => faults.nextAt('result', { kind: 'field', path: 'images', value: [] }),
    reads: sentences.uncertain,
    credits: 'back',
  },
];
