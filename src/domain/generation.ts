import type { Destination } from './destination.ts';
import type { Failure } from './failure.ts';
import type { UsedSettings } from './provider.ts';
import type { ImageRequest } from './request.ts';
import type { Source } from './source.ts';
import type { Warning } from './warning.ts';

/**
 * - `queued`: written down, credits held, nothing sent.
 * - `sent`: about to be posted to the provider, or posted; never posted again from here.
 * - `made`: the provider answered; the cost is settled and the sources are recorded.
 * - `returned`: nothing was made; the credits are back. The failure says why.
 * - `unknown`: it was sent and nobody can tell what became of it. The member's credits are back,
 *   the guild's and the operator's caps still count it.
 */
export type GenerationState = 'queued' | 'sent' | 'made' | 'returned' | 'unknown';

/**
 * How far the answer of a `made` generation has come.
 * - `none`: there is nothing to deliver yet (or ever).
 * - `pending`: to be fetched and posted.
 * - `posting`: a post may have reached Discord; look before posting again.
 * - `posted`: the member can see it.
 * - `waiting`: it cannot be posted where it belongs; the member is offered it at the next command.
 * - `lapsed`: it was never shown while the pictures were kept; the credits were returned.
 * - `deleted`: the author or a moderator removed it.
 */
export type DeliveryState =
  'none' | 'pending' | 'posting' | 'posted' | 'waiting' | 'lapsed' | 'deleted';

/** A picture of a generation as far as the bot has come with it. */
export type PictureRecord =
  /** In the spool and good to show. */
  | { readonly kind: 'kept' }
  /** Every pixel is black: the provider's content filter hit. Paid, never posted. */
  | { readonly kind: 'blank' }
  /** Could not be fetched, and never will be. */
  | { readonly kind: 'lost' };

/** One request to one provider, from the command to the posted pictures. */
export interface Generation {
  /** `<interaction id>-<ordinal>`; also what custom ids refer to. */
  readonly id: string;
  readonly destination: Destination;
  readonly provider: string;
  /** The provider's account that pays and is paced. */
  readonly account: string;
  readonly request: ImageRequest;
  /** Credits per picture when it was asked for. */
  readonly price: number;
  /** Credits held, then what it really cost. */
  readonly credits: number;
  readonly state: GenerationState;
  readonly delivery: DeliveryState;
  readonly failure: Failure | null;
  /** The provider's id of the request (Claid: `x-request-id`), for its support. */
  readonly requestId: string | null;
  /** The provider's id of the job, where it works in jobs. */
  readonly jobRef: string | null;
  /** Where the pictures are; empty before `made`. */
  readonly sources: readonly Source[];
  /** Aligned with {@link sources}; empty until the first delivery has looked at them. */
  readonly pictures: readonly PictureRecord[];
  readonly warnings: readonly Warning[];
  /** What was really used; empty before `made`. */
  readonly used: UsedSettings;
  /** The title of the model that was asked first and could not, where this one stands in for it. */
  readonly insteadOf: string | null;
  readonly messageId: string | null;
  /** The times are ms since the epoch. */
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly madeAt: number | null;
}

/** The id of an interaction's n-th generation (from 0). */
export function generationId(interactionId: string, ordinal: number): string {
  return `${interactionId}-${ordinal}`;
}

/** A comparison has at most so many generations; those that stand in for others are numbered after them. */
export const mostTogether = 4;

/** The ids of the generations that share the answer of one of them. */
export function togetherIds(id: string, sharedBy: number): string[] {
  const interactionId = id.slice(0, id.lastIndexOf('-'));
  return Array.from({ length: sharedBy }, (_, ordinal) => generationId(interactionId, ordinal));
}

/** The id of the generation that stands in for another one, at another provider. */
export function standInId(id: string): string {
  const cut = id.lastIndexOf('-');
  return generationId(id.slice(0, cut), Number(id.slice(cut + 1)) + mostTogether);
}
