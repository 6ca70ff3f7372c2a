import type { Voice } from '../image-api/voice.ts';
import type { Problem } from './contract.ts';
import type { KidjigSettings } from './settings.ts';

/** The first two are Kidjig's own, the others made up here: nothing may be built on them. */
const codes: Readonly<Record<number, { code: string; message: string }>> = {
  401: { code: 'invalid_api_key', message: 'Invalid API key provided' },
  429: { code: 'rate_limit_exceeded', message: 'Rate limit exceeded, please try again later' },
  400: { code: 'bad_request', message: 'Bad request' },
  402: { code: 'insufficient_credits', message: 'Not enough credits' },
  404: { code: 'not_found', message: 'Not found' },
  422: { code: 'invalid_request', message: 'Invalid request' },
};

/** How Kidjig refuses, in the form of the settings. */
export function voiceOf(settings: KidjigSettings): Voice {
  return {
    refusal(status, { message }) {
      const { code, message: usual } = codes[status] ?? {
        code: `error_${status}`,
        message: 'Error',
      };
      return { body: errorBody(settings, code, message ?? usual) };
    },
    noCredits: { status: 402 },
    garbage: {
      notJson: '{"request_id":"a',
      wrongShape: '{"outcome":{"picture":17},"prompt":["a text of the member’s"]}',
    },
  };
}

/** An error in the form of the settings. */
export function errorBody({ errors }: KidjigSettings, code: string, message: string): object {
  switch (errors) {
    case 'code':
      return { error: { code, message } };
    case 'message':
      return { success: false, message };
    case 'detail':
      return { detail: message };
  }
}

/** What is wrong with a body: fal's list, or in one sentence. */
export function problemsBody(settings: KidjigSettings, problems: readonly Problem[]): object {
  if (settings.errors === 'detail') return { detail: problems };
  const sentences = problems.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`);
  return errorBody(settings, 'invalid_request', sentences.join('. '));
}

/** How content is refused. */
export function refusedBody(settings: KidjigSettings): object {
  const msg = 'The content could not be processed because it was flagged by a content checker.';
  if (settings.errors !== 'detail') return errorBody(settings, 'content_policy_violation', msg);
  return { detail: [{ loc: ['body', 'prompt'], msg, type: 'content_policy_violation' }] };
}
