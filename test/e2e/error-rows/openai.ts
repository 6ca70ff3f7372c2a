import { answers, longPause } from './answers.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

type Row = ErrorRow<'openai'>;

/** OpenAI itself. */
export const openaiRows: readonly Row[] = [
  {
    row: 'openai 4.1: 401 invalid_api_key',
    how: answers(401),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'openai 4.1: 403 unsupported_organization',
    how: answers(403),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: 'openai 4.1: 404 model_not_found',
    how: ({ settings }) => void (settings.models = []),
    reads: sentences.notAccepted(
      "The model 'gpt-image-1' does not exist or you do not have access to it.",
    ),
    credits: 'back',
  },
  {
    row: 'openai 4.1: 404 invalid URL',
    how: answers(404),
    reads: sentences.unreachable,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 400 moderation_blocked',
    asks: { prompt: 'a forbidden fox' },
    reads:
      'The image service refused the content: Your request was rejected by the safety system. safety_violations=[violence]. Try other words. Your 4 credits are back.',
    credits: 'back',
  },
  {
    row: 'openai 4.1: 400 content_policy_violation',
    asks: { prompt: 'a second forbidden fox', model: 'openai/dall-e-3' },
    reads:
      'The image service refused the content: Your request was rejected as a result of our safety system. Try other words. Your 1 credit is back.',
    credits: 'back',
  },
  {
    row: 'openai 4.1: 400 billing_hard_limit_reached',
    how: ({ books }) => void (books.creditsLeft = 3),
    reads: sentences.noCredits,
    credits: 'back',
    operator: true,
  },
  {
    row: 'openai 4.1: 429 insufficient_quota',
    how: answers(429, 'You exceeded your current quota'),
    reads: sentences.noCredits,
    credits: 'back',
    operator: true,
  },
  {
    row: 'openai 4.1: 429 rate_limit_exceeded for a while',
    how: ({ faults }) => faults.next({ kind: 'status', status: 429 }, 2),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'openai 4.1: 429 rate_limit_exceeded with a pause of 10 minutes',
    how: answers(429, undefined, longPause),
    reads: sentences.busy,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 400 about a parameter',
    how: answers(400, "Unknown parameter: 'response_format'."),
    reads: sentences.notAccepted("Unknown parameter: 'response_format'."),
    credits: 'back',
  },
  {
    row: 'openai 4.1: a prompt of more than a model takes',
    how: answers(400, 'Invalid prompt: string too long.'),
    reads: sentences.notAccepted('Invalid prompt: string too long.'),
    credits: 'back',
  },
  {
    row: 'openai 4.1: dall-e-3 makes one picture at a time',
    asks: { model: 'openai/dall-e-3', images: 2 },
    reads:
      '**OpenAI dall-e-3** cannot do that as it was asked:\n- `images` can only be 1 there; you gave 2\nNothing was spent. **OpenAI gpt-image-1** can.',
    credits: 'untouched',
  },
  {
    row: 'openai 4.1: 500 server_error',
    how: answers(500),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 503',
    how: answers(503),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 200 without data',
    how: ({ faults }) => faults.next({ kind: 'field', path: 'data' }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 200, no pictures',
    how: ({ faults }) => faults.next({ kind: 'field', path: 'data', value: [] }),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'openai 4.1: 200, fewer pictures',
    how: ({ faults }) => faults.next({ kind: 'makes', images: 2 }),
    reads: sentences.fewer(2),
    credits: 'kept',
  },
  {
    row: 'openai 4.1: 200, an entry with neither url nor b64_json',
    how: ({ faults }) => faults.next({ kind: 'field', path: 'data.1', value: {} }),
    reads: sentences.fewer(3),
    credits: 'kept',
  },
  {
    row: 'openai 4.1: a url after its 60 minutes',
    how({ settings, faults }) {
      settings.pictureForm = 'address';
      faults.next({ kind: 'picture', index: 0, fault: { kind: 'gone' } });
    },
    reads: sentences.lostOne,
    credits: 'kept',
  },
];
