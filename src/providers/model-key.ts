/**
 * A key for a model: the provider's name and what its name is in small letters, digits, dots, dashes
 * and underscores; of two alike the later gets a number.
 *
 * @param instead where nothing of the name is left
 */
export function modelKey(
  provider: string,
  name: string,
  instead: string,
  taken: ReadonlySet<string>,
): string {
  const key = `${provider}/${slug(name) || instead}`;
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key}-${number}`)) number += 1;
  return `${key}-${number}`;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}
