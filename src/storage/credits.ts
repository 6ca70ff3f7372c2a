/**
 * The credits as they were given. Checked before anything is written: one database would refuse a
 * fraction and the other keep it, and sums of fractions do not cancel.
 *
 * @throws {RangeError} where they are not an integer of zero or more
 */
export function wholeCredits(credits: number): number {
  if (!Number.isSafeInteger(credits) || credits < 0) {
    throw new RangeError('Credits are integers of zero or more.');
  }
  return credits;
}
