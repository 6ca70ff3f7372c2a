/** A time of the API's own (RFC 3339), in ms since the epoch; `undefined` for anything else. */
export function isoTime(text: string): number | undefined {
  const fits = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const at = fits ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
