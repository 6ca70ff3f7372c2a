import type { Rule } from './rule.ts';

/**
 * How much of the long window others use who share the account, learnt from what answers say is
 * used. Whether the API counts at arrival or at the answer is unknown, therefore own departures
 * are the larger of the counts at sending and at receiving.
 */
export class ForeignUse {
  #count = 0;
  #takenAt = -Infinity;
  #newestOrder = -Infinity;
  #keepMs = 0;

  /**
   * @param used requests in the long window according to the answer
   * @param own our departures in it, the larger of the two counts
   * @param order when the request departed; an answer to an older one than the last taken is ignored
   * @returns whether the count changed
   */
  take(used: number, own: number, order: number, rule: Rule, now: number): boolean {
    if (order < this.#newestOrder) return false;
    const before = this.count(now);
    this.#newestOrder = order;
    this.#takenAt = now;
    this.#keepMs = rule.windowMs;
    this.#count = Math.max(0, used - own);
    return this.#count !== before;
  }

  /** Forgotten one window after the last answer: nobody knows what happened since. */
  count(now: number): number {
    return this.forgottenInMs(now) > 0 ? this.#count : 0;
  }

  /** Until the count is forgotten; 0 or less when it is. */
  forgottenInMs(now: number): number {
    return this.#takenAt + this.#keepMs - now;
  }
}
