import type { Voice } from '../image-api/voice.ts';
import { envelopeFor, errorBody } from './envelope.ts';

/** How Claid refuses and what its unreadable answers look like. */
export const claidVoice: Voice = {
  refusal: (status, { message, nested }) => ({
    body: errorBody(status, envelopeFor(status, message), nested),
  }),
  noCredits: { status: 402 },
  garbage: {
    notJson: '{"data":{"input":{"text":"a',
    wrongShape: '{"data":{"input":"text","output":{"tmp_url":17}}}',
  },
};
