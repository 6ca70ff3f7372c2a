import { answers } from './answers.ts';
import type { ErrorRow } from './row.ts';
import { sentences } from './sentences.ts';

type Row = ErrorRow<'openai'>;

/** What any of them may say, each in its own form of an error. */
const common = (server: string): readonly Row[] => [
  {
    row: `${server} 4.1: 401 of a proxy before it`,
    how: answers(401),
    reads: sentences.account,
    credits: 'back',
    operator: true,
  },
  {
    row: `${server} 4.1: 500`,
    how: answers(500),
    reads: sentences.uncertain,
    credits: 'back',
  },
];

export const localaiRows: readonly Row[] = [
  ...common('localai'),
  {
    row: 'localai 4.1: 400 with an error object',
    how: answers(400, 'failed parsing request body'),
    reads: sentences.notAccepted('failed parsing request body.'),
    credits: 'back',
  },
  {
    row: 'localai 4.1: 500, the model cannot be loaded',
    how: ({ settings }) => void (settings.models = []),
    reads: sentences.uncertain,
    credits: 'back',
  },
  {
    row: 'localai 4.1: an address without its picture',
    how({ settings, faults }) {
      settings.pictureForm = 'address';
      faults.next({ kind: 'picture', index: 0, fault: { kind: 'gone' } });
    },
    reads: sentences.lostOne,
    credits: 'kept',
  },
];

export const sdCppRows: readonly Row[] = [
  ...common('sd-cpp'),
  {
    row: 'sd-cpp 4.1: 429 while its queue is full',
    how: ({ faults }) => faults.next({ kind: 'status', status: 429 }),
    reads: sentences.spent,
    credits: 'kept',
  },
  {
    row: 'sd-cpp 4.1: 400 prompt required, the prompt being a command alone',
    asks: { prompt: '<sd_cpp_extra_args>{"width":64}</sd_cpp_extra_args>' },
    reads: sentences.notAccepted('the prompt is empty.'),
    credits: 'back',
  },
  {
    row: 'sd-cpp 4.1: 400 with a plain error',
    how: answers(400, 'invalid params'),
    reads: sentences.notAccepted('invalid params.'),
    credits: 'back',
  },
];

export const vllmOmniRows: readonly Row[] = [
  ...common('vllm-omni'),
  {
    row: 'vllm-omni 4.1: 400 with a detail',
    how: answers(400, 'Requested image size exceeds the maximum'),
    reads: sentences.notAccepted('Requested image size exceeds the maximum.'),
    credits: 'back',
  },
  {
    row: 'vllm-omni 4.1: 400 of its guardrails',
    asks: { prompt: 'a forbidden fox' },
    reads:
      'The image service refused the content: Input was blocked by guardrails. Try other words. Your 4 credits are back.',
    credits: 'back',
  },
  {
    row: 'vllm-omni 4.1: 422 with a detail',
    how: answers(422, 'Input should be less than or equal to 20'),
    reads: sentences.notAccepted('Input should be less than or equal to 20.'),
    credits: 'back',
  },
  {
    row: 'vllm-omni 4.1: 503 while its engine has not been started',
    how: ({ settings }) => void (settings.ready = false),
    reads: sentences.unreachable,
    credits: 'back',
  },
];
