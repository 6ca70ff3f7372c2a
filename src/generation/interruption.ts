/** Why a waiting generation was taken out of the queue. */
export type StopReason = 'cancelled' | 'stopped';

/** Carried by the signal of a generation that left the queue. */
export class LeftQueue extends Error {
  override readonly name = 'LeftQueue';
  readonly why: StopReason;
  constructor(why: StopReason) {
    super(`left the queue: ${why}`);
    this.why = why;
  }
}

/** The account was closed while the generation waited. */
export class AccountClosed extends Error {
  override readonly name = 'AccountClosed';
}

/** The model may not serve it any more: settings or rules have changed since it was asked for. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
}

/** The generation is no longer ours to send: it was cancelled, or another process took it over. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}
