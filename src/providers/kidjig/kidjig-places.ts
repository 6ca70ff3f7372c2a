/**
 * What stands at a place such as `data.images[].url`: names of fields with dots between, where `[]` is
 * each entry of a list, or the thing itself where it is none.
 *
 * @returns in the answer's order; empty where there is nothing, or `null`
 */
export function findAt(value: unknown, place: string): readonly unknown[] {
  return place
    .split('.')
    .reduce<readonly unknown[]>((found, step) => found.flatMap((one) => go(one, step)), [value])
    .filter((one) => one !== undefined && one !== null);
}

function go(value: unknown, step: string): readonly unknown[] {
  const each = step.endsWith('[]');
  const name = each ? step.slice(0, -2) : step;
  const next = name === '' ? value : fieldOf(value, name);
  return each && Array.isArray(next) ? (next as readonly unknown[]) : [next];
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
