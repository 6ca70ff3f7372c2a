/**
 * A copy of a JSON value with one field, named like `data.output.0.url` (empty: the whole value),
 * replaced, added or, where the new value is `undefined`, left out.
 *
 * @throws where the value has nothing that could hold the field
 */
export function replaceField(json: unknown, path: string, value: unknown): unknown {
  return path === '' ? value : replaceAt(json, path.split('.'), value, path);
}

function replaceAt(
  json: unknown,
  [name = '', ...deeper]: readonly string[],
  value: unknown,
  path: string,
): unknown {
  const change = (old: unknown): unknown =>
    deeper.length === 0 ? value : replaceAt(old, deeper, value, path);
  if (Array.isArray(json)) {
    const items: unknown[] = Array.from<unknown>(json);
    const item = change(items[Number(name)]);
    items.splice(Number(name), 1, ...(item === undefined ? [] : [item]));
    return items;
  }
  if (typeof json !== 'object' || json === null) throw new Error(`the answer has no ${path}`);
  const fields = new Map<string, unknown>(Object.entries(json));
  const field = change(fields.get(name));
  if (field === undefined) fields.delete(name);
  else fields.set(name, field);
  return Object.fromEntries(fields);
}
