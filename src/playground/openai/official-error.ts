import type { Refused } from './order.ts';

/** What an error of OpenAI's says besides its message. */
export interface ErrorFacts {
  readonly type?: string;
  readonly param?: string;
  readonly code?: string;
}

/** OpenAI's error object. Source: `ErrorResponse` of its OpenAPI document. */
export function officialError(status: number, message: string, facts: ErrorFacts = {}): Refused {
  const { type = 'invalid_request_error', param = null, code = null } = facts;
  return { status, body: { error: { message, type, param, code } } };
}

/** The account has come to the end that its owner set. */
export const hardLimit = 'Billing hard limit has been reached.';

/** The account has no money left, which is told with a 429. */
const quota = 'You exceeded your current quota, please check your plan and billing details.';

/** How an error is told of which only the status is known and, maybe, its sentence. */
export function officialRefusal(status: number, message: string | undefined): Refused {
  if (message === hardLimit)
    return officialError(status, message, {
      type: 'billing_limit_user_error',
      code: 'billing_hard_limit_reached',
    });
  if (message?.startsWith('You exceeded your current quota'))
    return officialError(status, quota, { type: 'insufficient_quota', code: 'insufficient_quota' });
  const known = byStatus[status] ?? (status >= 500 ? broken : { message: 'Invalid request.' });
  const { message: usual, ...facts } = known;
  return officialError(status, message ?? usual, facts);
}

const broken = {
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
};

const byStatus: Readonly<Record<number, ErrorFacts & { readonly message: string }>> = {
  401: { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
  403: {
    message: 'Your organization must be verified to use this model.',
    code: 'unsupported_organization',
  },
  404: { message: 'Invalid URL.' },
  429: {
    message: 'Rate limit reached. Please try again later.',
    type: 'requests',
    code: 'rate_limit_exceeded',
  },
};
