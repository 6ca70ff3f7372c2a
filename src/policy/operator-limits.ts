import type { Caps } from '../domain/ledger.ts';

/** What the operator has set, and moderators cannot go above. */
export interface OperatorLimits {
  readonly caps: Caps;
  /** `MEMBER_CONCURRENT`: requests of a member under way at once. */
  readonly memberConcurrent: number;
  /** `MEMBER_QUEUE`: requests of a member waiting besides. */
  readonly memberQueue: number;
}
