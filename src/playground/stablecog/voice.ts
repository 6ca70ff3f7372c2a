import type { Voice } from '../image-api/voice.ts';

const plain = { 'content-type': 'text/plain; charset=utf-8' };

/** How Stablecog refuses (a flat `error`, but its router and its limiter speak in plain text). */
export const stablecogVoice: Voice = {
  refusal(status, { message }) {
    if (status === 404) return { body: '404 page not found\n', headers: plain };
    if (status === 405) return { body: '', headers: plain };
    if (status === 429) return { body: 'Too Many Requests\n', headers: plain };
    return { body: { error: message ?? words[status] ?? otherWords(status) } };
  },
  noCredits: { status: 400, message: 'insufficient_credits' },
  garbage: {
    notJson: '{"outputs":[{"id":"0077dfca-1ef8',
    wrongShape: '{"outputs":{"url":17},"remaining_credits":"many"}',
  },
};

const words: Readonly<Record<number, string>> = {
  400: 'json_parse_error',
  401: 'Unauthorized',
  403: 'user_banned',
  // Spelled as the API spells it.
  500: 'An unknown error has occured',
};

function otherWords(status: number): string {
  return status >= 500 ? 'unknown_error' : 'invalid_request';
}
