/** As many lines, from the first on, as have room in so many UTF-16 units, and then how many are left. */
export function fittingLines(
  lines: readonly string[],
  maxUnits: number,
  more: (n: number) => string,
): string[] {
  const roomForMore = 30;
  const kept: string[] = [];
  let units = 0;
  for (const [index, line] of lines.entries()) {
    units += line.length + 1;
    const isLast = index === lines.length - 1;
    if (units + (isLast ? 0 : roomForMore) > maxUnits) break;
    kept.push(line);
  }
  const left = lines.length - kept.length;
  return left > 0 ? [...kept, more(left)] : kept;
}
