import { answers } from './answers.ts';
import { instead } from './kidjig-instead.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

type Row = ErrorRow<'kidjig'>;

const flagged =
  'The image service refused the content: prompt: The content could not be processed because it was flagged by a content checker. Try other words. Your 4 credits are back.';

/** fal's failures of a job that the answer for its result tells. */
const infrastructure: readonly (readonly [status: number, type: string])[] = [
  [504, 'request_timeout'],
  [504, 'startup_timeout'],
  [503, 'runner_scheduling_failure'],
  [503, 'runner_connection_timeout'],
  [503, 'runner_connection_refused'],
  [503, 'runner_connection_error'],
  [503, 'runner_disconnected'],
  [502, 'runner_incomplete_response'],
  [500, 'runner_server_error'],
  [500, 'internal_error'],
  [499, 'client_disconnected'],
];

/** What the makers of its models answer, which Kidjig may hand on. */
export const kidjigMakersRows: readonly Row[] = [
  {
    row: 'kidjig 3.4 fal: 422 content_policy_violation at once',
    how: ({ settings }) => void Object.assign(settings, { refusesAt: 'submit', errors: 'detail' }),
    asks: { prompt: 'a forbidden fox' },
    reads: flagged,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 422 content_policy_violation in place of the result',
    how: ({ settings }) => void Object.assign(settings, { refusesAt: 'result', errors: 'detail' }),
    asks: { prompt: 'a second forbidden fox' },
    reads: flagged,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: has_nsfw_concepts with a black picture',
    how: ({ faults }) => faults.next({ kind: 'black', indexes: [1] }),
    reads:
      'The provider’s content filter blacked out 1 of the 4 pictures. It charges for it all the same; other words may well work.',
    credits: 'kept',
  },
  {
    row: 'kidjig 3.4 fal: has_nsfw_concepts with good pictures',
    how: ({ faults }) =>
      faults.nextAt('result', {
        kind: 'field',
        path: 'has_nsfw_concepts',
        value: [true, true, true, true],
      }),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'kidjig 3.4 fal: 422 with a list about the fields',
    how: ({ settings }) => void Object.assign(settings, { wrapper: 'config', errors: 'detail' }),
    reads: sentences.notAccepted('num_images: Extra inputs are not permitted. …'),
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 422 with a plain detail',
    how(standIn) {
      standIn.settings.errors = 'detail';
      answers(422, 'The prompt is too long')(standIn);
    },
    reads: sentences.notAccepted('The prompt is too long.'),
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: image_too_large',
    how: instead({
      detail: [{ loc: ['body', 'image_url'], msg: 'Image too large', type: 'image_too_large' }],
    }),
    reads: sentences.notAccepted('image_url: Image too large.'),
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 400 bad_request',
    how: answers(400),
    reads: sentences.notAccepted('Bad request.'),
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 400 bad_request to the question for the status',
    how: ({ faults }) => faults.nextAt('status', { kind: 'status', status: 400 }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  ...infrastructure.map(([status, why]): Row => ({
    row: `kidjig 3.4 fal: ${status} ${why}`,
    how({ jobs, settings }) {
      settings.errors = 'detail';
      jobs.next({ kind: 'failed', saidBy: 'result', why, status });
    },
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 5000,
  })),
  {
    row: 'kidjig 3.4 fal: 503 runner_scheduling_failure at once',
    how: ({ faults }) =>
      faults.next({
        kind: 'status',
        status: 503,
        headers: { 'x-fal-error-type': 'runner_scheduling_failure' },
      }),
    reads: sentences.unreachable,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 500 without a word at once',
    how: answers(500),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 fal: 429 to the question for the status',
    how: ({ faults }) => faults.nextAt('status', { kind: 'status', status: 429 }, 2),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'kidjig 3.4 bfl: Request Moderated',
    how: ({ settings }) => void Object.assign(settings, { words: 'bfl', refusesAt: 'status' }),
    asks: { prompt: 'a third forbidden fox' },
    reads:
      'The image service refused the content: Flagged by a content checker. Try other words. Your 4 credits are back.',
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 bfl: Content Moderated',
    how({ faults, jobs }) {
      jobs.next({ kind: 'failed', saidBy: 'status' });
      faults.nextAt('status', { kind: 'field', path: 'status', value: 'Content Moderated' });
    },
    reads: sentences.refused,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 bfl: Task not found',
    how: ({ faults }) =>
      faults.nextAt('status', { kind: 'field', path: 'status', value: 'Task not found' }, 1000),
    reads: sentences.uncertain,
    credits: 'back',
    stepMs: 15_000,
  },
  {
    row: 'kidjig 3.4 bfl: Error',
    how({ settings, jobs }) {
      settings.words = 'bfl';
      jobs.next({ kind: 'failed', saidBy: 'status' });
    },
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 bfl: 402 no credits',
    how: ({ books }) => void (books.creditsLeft = 3),
    reads: sentences.noCredits,
    credits: 'back',
    operator: true,
  },
  {
    row: 'kidjig 3.4 bfl: 403',
    how: answers(403),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'kidjig 3.4 ideogram: 422 for an unsafe prompt',
    how: answers(422, 'Prompt or provided image failed the safety checks'),
    reads:
      'The image service refused the content: Prompt or provided image failed the safety checks. Try other words. Your 4 credits are back.',
    credits: 'back',
  },
  {
    row: 'kidjig 3.4 ideogram: an unsafe picture has an empty url',
    how: ({ faults }) =>
      faults.nextAt('result', { kind: 'field', path: 'images.2.url', value: '' }),
    reads: sentences.fewer(3),
    credits: 'kept',
  },
  {
    row: 'kidjig 3.4 ideogram: the one picture, unsafe, has an empty url',
    asks: { images: 1 },
    how: ({ faults }) =>
      faults.nextAt('result', { kind: 'field', path: 'images.0.url', value: '' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4: an address that is over',
    how: ({ faults }) => faults.next({ kind: 'picture', index: 3, fault: { kind: 'gone' } }),
    reads: sentences.lostOne,
    credits: 'kept',
  },
  {
    row: 'kidjig 3.4: 404 to the question for the status',
    how: ({ faults }) => faults.nextAt('status', { kind: 'status', status: 404 }, 1000),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'kidjig 3.4: 404 for a model',
    how: answers(404),
    reads: sentences.notAccepted('Not found.'),
    credits: 'back',
  },
];
