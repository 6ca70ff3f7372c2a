/**
 * The provider's id of a request, from the header `x-request-id`. It is shown to members and logged,
 * so nothing but what an id is made of.
 *
 * @param headers names in lower case
 */
export function requestIdOf(headers: Readonly<Record<string, string>>): string | undefined {
  return /^[\w.:-]{1,100}$/.exec(headers['x-request-id'] ?? '')?.[0];
}
