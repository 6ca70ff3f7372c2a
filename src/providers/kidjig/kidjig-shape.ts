const deepest = 5;
const mostFields = 12;
const mostEntries = 10;
const mostKinds = 3;
const longest = 600;

/**
 * What an answer looks like, for the log: the names of its fields and the kinds of their values, never
 * a value. For example `{data: {images: [2 × {url: text}]}, success: boolean}`. A name that is none of
 * letters and digits is `…`. At most 600 characters.
 */
export function shapeOf(value: unknown): string {
  const shape = describe(value, deepest);
  return shape.length <= longest ? shape : `${shape.slice(0, longest - 1)}…`;
}

function describe(value: unknown, depth: number): string {
  if (value === undefined) return 'no JSON';
  if (value === null) return 'null';
  if (typeof value === 'string') return value.startsWith('data:') ? 'data URI' : 'text';
  if (typeof value !== 'object') return typeof value;
  return Array.isArray(value) ? describeList(value, depth) : describeFields(value, depth);
}

function describeList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return '[]';
  if (depth === 0) return `[${list.length} × …]`;
  const kinds = [...new Set(list.slice(0, mostEntries).map((entry) => describe(entry, depth - 1)))];
  const shown = kinds.length > mostKinds ? [...kinds.slice(0, mostKinds), '…'] : kinds;
  return `[${list.length} × ${shown.join(' or ')}]`;
}

function describeFields(value: object, depth: number): string {
  const fields = Object.entries(value);
  if (fields.length === 0) return '{}';
  if (depth === 0) return '{…}';
  const shown = fields
    .slice(0, mostFields)
    .map(([name, field]) => `${nameOf(name)}: ${describe(field, depth - 1)}`);
  return `{${[...shown, ...(fields.length > mostFields ? ['…'] : [])].join(', ')}}`;
}

function nameOf(name: string): string {
  return /^\w[\w.-]{0,39}$/.test(name) ? name : '…';
}
