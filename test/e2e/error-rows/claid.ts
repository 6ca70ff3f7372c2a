import { answers, longPause } from './answers.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

export const claidRows: readonly ErrorRow<'claid'>[] = [
  {
    row: 'claid 1.3: input of less than 3 characters',
    asks: { prompt: 'ab' },
    raw: true,
    reads: '`prompt` must be 3 to 1,024 characters long; yours has 2.',
    credits: 'untouched',
  },
  {
    row: 'claid 1.3: more than 4 pictures',
    asks: { images: 5 },
    raw: true,
    reads: '`images` must be a whole number from 1 to 4; you gave 5.',
    credits: 'untouched',
  },
  {
    row: 'claid 1.3: guidance_scale below 1',
    asks: { guidance: 0.5 },
    raw: true,
    reads: '`guidance` must be a number from 1 to 49.99; you gave 0.5.',
    credits: 'untouched',
  },
  {
    row: 'claid 1.3: any other field is a 422',
    asks: { seed: 7 },
    raw: true,
    reads:
      'No model here can do all of that together. **Claid** comes closest:\n- it does not take `seed`\nNothing was spent.',
    credits: 'untouched',
  },
  {
    row: 'claid 1.3: 200, all pictures black',
    asks: { prompt: 'a forbidden fox' },
    reads:
      'The provider’s content filter blacked all of these pictures out, so there is nothing to show. It charges for them all the same; other words may well work.',
    credits: 'kept',
  },
  {
    row: 'claid 1.3: 200, the one picture black',
    asks: { prompt: 'one forbidden fox', images: 1 },
    reads:
      'The provider’s content filter blacked this picture out, so there is nothing to show. It charges for it all the same; other words may well work.',
    credits: 'kept',
  },
  {
    row: 'claid 1.3: 200, some pictures black',
    asks: { prompt: 'a partly forbidden fox' },
    reads:
      'The provider’s content filter blacked out 2 of the 4 pictures. It charges for them all the same; other words may well work.',
    credits: 'kept',
  },
  {
    row: 'claid 1.3: 200, fewer pictures',
    how: ({ faults }) => faults.next({ kind: 'makes', images: 3 }),
    reads: sentences.fewer(3),
    credits: 'kept',
  },
  {
    row: 'claid 1.3: 200, no pictures',
    how: ({ faults }) => faults.next({ kind: 'field', path: 'data.output', value: [] }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'claid 1.3: 200, JSON that is none, as in the sample',
    how: ({ faults }) => faults.next({ kind: 'garbage', body: 'not-json' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'claid 1.3: 200 without tmp_url',
    how: ({ faults }) =>
      faults.next(
        [0, 1, 2, 3].map((n) => ({ kind: 'field', path: `data.output.${n}.tmp_url` }) as const),
      ),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'claid 1.3: a tmp_url that is over',
    how: ({ faults }) => faults.next({ kind: 'picture', index: 0, fault: { kind: 'gone' } }),
    reads: sentences.lostOne,
    credits: 'kept',
  },
  {
    row: 'claid 1.3: no answer at all',
    how: ({ faults }) => faults.next({ kind: 'hang' }),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'claid 1.4: 400 unparseable JSON',
    how: answers(400, 'There was an error parsing the body.'),
    reads: sentences.notAccepted('There was an error parsing the body.'),
    credits: 'back',
  },
  {
    row: 'claid 1.4: 400 storage object not retrievable',
    how: answers(400, 'Storage object cannot be retrieved.'),
    reads: sentences.notAccepted('Storage object cannot be retrieved.'),
    credits: 'back',
  },
  {
    row: 'claid 1.4: 401 Authorization is required.',
    how: answers(401),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'claid 1.4: 402 No API calls left.',
    how: ({ books }) => void (books.creditsLeft = 3),
    reads: sentences.noCredits,
    credits: 'back',
    operator: true,
  },
  {
    row: 'claid 1.4: 403 Not enough permissions.',
    how: ({ settings }) => void (settings.scopes = ['image_generation']),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'claid 1.4: 404 resource absent',
    how: answers(404, 'Storage not found.'),
    reads: sentences.notAccepted('Storage not found.'),
    credits: 'back',
  },
  {
    row: 'claid 1.4: 409 state conflict',
    how: answers(409),
    reads: sentences.notAccepted('Conflict.'),
    credits: 'back',
  },
  {
    row: 'claid 1.4: 422 validation',
    how: answers(422, 'input: ensure this value has at most 1024 characters.'),
    reads: sentences.notAccepted('input: ensure this value has at most 1024 characters.'),
    credits: 'back',
  },
  {
    row: 'claid 1.5: 429 for a while',
    how: ({ faults }) => faults.next({ kind: 'status', status: 429 }, 2),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'claid 1.5: 429 with a pause of 10 minutes',
    how: answers(429, undefined, longPause),
    reads: sentences.busy,
    credits: 'back',
  },
  {
    row: 'claid 1.4: 500 temporary',
    how: answers(500),
    reads: sentences.uncertain,
    credits: 'back',
  },
];
