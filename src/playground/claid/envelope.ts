import type { Problems } from './contract.ts';

/** Claid's error object (`HttpErrorDetails`). */
export interface ErrorEnvelope {
  readonly error_code: string;
  readonly error_type: string;
  readonly error_message: string;
  readonly error_details: Readonly<Record<string, readonly string[]>>;
}

/**
 * The error object for a status, in the documented words. Codes are published for 401, 422 and 429
 * only; the others are made up here, so nothing may be built on them.
 */
export function envelopeFor(status: number, message?: string): ErrorEnvelope {
  const known = byStatus[status] ?? { code: `${status}0`, type: 'general', message: 'Error.' };
  return {
    error_code: known.code,
    error_type: known.type,
    error_message: message ?? known.message,
    error_details: {},
  };
}

const byStatus: Readonly<Record<number, { code: string; type: string; message: string }>> = {
  400: { code: '2000', type: 'general', message: 'Bad request.' },
  401: { code: '111', type: 'auth', message: 'Authorization is required.' },
  402: { code: '3001', type: 'billing', message: 'No API calls left.' },
  403: { code: '112', type: 'auth', message: 'Not enough permissions.' },
  404: { code: '2004', type: 'general', message: 'Not found.' },
  405: { code: '2005', type: 'general', message: 'Method not allowed.' },
  409: { code: '2009', type: 'general', message: 'Conflict.' },
  413: { code: '2013', type: 'general', message: 'Request body is too large.' },
  429: { code: '2001', type: 'general', message: 'Too Many Requests. Rate limit exceeded.' },
  500: { code: '2500', type: 'general', message: 'Internal server error.' },
  502: { code: '2502', type: 'general', message: 'Bad gateway.' },
  503: { code: '2503', type: 'general', message: 'Service unavailable.' },
};

/** The 422 of a body that breaks the contract: one sentence for each reason, and the reasons by path. */
export function validationEnvelope(problems: Problems): ErrorEnvelope {
  const sentences = Object.entries(problems).flatMap(([path, reasons]) =>
    reasons.map((reason) => `${path}: ${reason}`),
  );
  return {
    error_code: '9000',
    error_type: 'validation',
    error_message: `${sentences.join('. ')}.`,
    error_details: problems,
  };
}

/** Only a 429 carries its envelope nested in `detail`. */
export function errorBody(
  status: number,
  envelope: ErrorEnvelope,
  nested = status === 429,
): unknown {
  return nested ? { detail: envelope } : envelope;
}
