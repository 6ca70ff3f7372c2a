const longestShown = 50;

/** What was given, as far as it is shown again: at most 50 code points. */
export function shortened(given: string): string {
  const points = Array.from(given);
  return points.length <= longestShown ? given : `${points.slice(0, longestShown - 1).join('')}…`;
}
