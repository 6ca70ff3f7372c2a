const maxLength = 300;

/**
 * What an API says, fit to be shown to members and logged: one line, without the key, at most 300
 * UTF-16 units.
 *
 * @param apiKey is replaced wherever it stands; `undefined` where the API is asked without one
 * @returns `undefined` where nothing is left
 */
export function presentable(text: string, apiKey: string | undefined): string | undefined {
  const line = (apiKey ? text.replaceAll(apiKey, '…') : text).replace(/[\p{C}\s]+/gu, ' ').trim();
  if (line === '') return undefined;
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
