export const hourMs = 3_600_000;

/** The hour in which a time lies, in hours since the epoch. */
export function hourOf(time: number): number {
  return Math.floor(time / hourMs);
}
