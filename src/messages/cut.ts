/** A text of at most so many UTF-16 units (how Discord's limits are safely kept), never cut within a character. */
export function cut(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > maxUnits - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
