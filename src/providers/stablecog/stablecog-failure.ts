import type { ProviderError } from '../../domain/provider.ts';
import { jsonOf } from '../answer-body.ts';
import type { ApiAnswer } from '../api-answer.ts';
import type { Calls } from '../call.ts';
import type { Verdict } from '../failure.ts';
import { readFault } from './stablecog-answer.ts';

const oddReference = 'Stablecog cannot find what the request refers to';
const oddModel = 'Stablecog no longer offers this model or scheduler';
const oddImage =
  'Stablecog cannot fetch or read the picture to start from; it takes JPEG, PNG and WebP of up to 5 MB';

/** What the codes mean. Source: Stablecog's OpenAPI document and its server. */
const codes: Readonly<Record<string, Verdict>> = {
  insufficient_credits: { kind: 'no-credits' },
  nsfw_prompt: { kind: 'refused' },
  queue_limit_reached: { kind: 'busy' },
  user_banned: { kind: 'forbidden' },
  json_parse_error: { kind: 'invalid', detail: 'Stablecog cannot read the request' },
  invalid_model_id: { kind: 'invalid', detail: oddModel },
  invalid_scheduler_id: { kind: 'invalid', detail: oddModel },
  invalid_model_or_scheduler: { kind: 'invalid', detail: oddModel },
  invalid_init_image_url: { kind: 'invalid', detail: oddImage },
  invalid_image_url: { kind: 'invalid', detail: oddImage },
  image_url_width_height_error: { kind: 'invalid', detail: oddImage },
  init_image_not_found: { kind: 'invalid', detail: oddImage },
  invalid_mask_image_url: { kind: 'invalid', detail: oddReference },
  mask_image_not_found: { kind: 'invalid', detail: oddReference },
  output_not_found: { kind: 'invalid', detail: oddReference },
  invalid_output_id: { kind: 'invalid', detail: oddReference },
  // A 401, but not about the key.
  init_image_not_owned: { kind: 'invalid', detail: oddImage },
  image_not_owned: { kind: 'invalid', detail: oddImage },
};

/** The server gave up after 240 s and gave the credits back. Source: Stablecog's server. */
const timedOut = 'TIMEOUT';

/** The error of an answer other than 200. */
export function stablecogError(calls: Calls, answer: ApiAnswer): ProviderError {
  const { status } = answer;
  const said = readFault(jsonOf(answer));
  if (said === timedOut && status >= 500) {
    return calls.rejected(answer, { kind: 'timeout', outcome: 'nothing-made', note: timedOut });
  }
  const known = said === undefined || !Object.hasOwn(codes, said) ? undefined : codes[said];
  if (known !== undefined && status < 500) return calls.rejected(answer, { note: said, ...known });
  if (status === 404 || status === 405) {
    const note = 'no such path; see STABLECOG_API_URL and STABLECOG_OLD_PATHS';
    return calls.rejected(answer, { kind: 'protocol', note });
  }
  // The rate limiter's own trouble, before any work.
  if (status === 428) return calls.rejected(answer, { kind: 'unavailable' });
  // A bare code is for programs; it stands in the log.
  const isCode = said !== undefined && /^[a-z_]+$/.test(said);
  if (isCode && status < 500) return calls.rejected(answer, { note: said });
  return calls.rejected(answer, { detail: status < 500 ? said : undefined });
}

/**
 * Whether the pictures may still come or be there although this is the answer: a proxy has given up
 * on a call that its server goes on with (an HTML 524, say), or a success cannot be read. An error in
 * Stablecog's own words is its last one.
 */
export function mayStillCome(answer: ApiAnswer): boolean {
  const { status } = answer;
  if (status < 300) return true;
  return (
    (status === 408 || status === 499 || status >= 500) && readFault(jsonOf(answer)) === undefined
  );
}
