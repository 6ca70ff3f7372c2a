/** A JSON object nothing is known about yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object inside a body, with the way to it, e.g. `components[0].components[1]`; '' is the body itself. */
export interface Node {
  readonly value: JsonObject;
  readonly path: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function pathTo(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${String(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** The object under a key; nothing where there is something else. */
export function nodeAt(parent: Node, key: string): Node | undefined {
  const value = parent.value[key];
  return isObject(value) ? { value, path: pathTo(parent.path, key) } : undefined;
}

/** The objects of a list; what is no object keeps its index but is left out. */
export function nodesOf(list: unknown, path: string): Node[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isObject(value) ? [{ value, path: pathTo(path, index) }] : [],
  );
}

/** The objects of the list under a key. */
export function nodesAt(parent: Node, key: string): Node[] {
  return nodesOf(parent.value[key], pathTo(parent.path, key));
}

/** How many entries the list under a key has; 0 where there is no list. */
export function countAt(parent: Node, key: string): number {
  const value = parent.value[key];
  return Array.isArray(value) ? value.length : 0;
}

/** Whether a field is there with a value; Discord takes null for absent. */
export function has(node: Node, key: string): boolean {
  return node.value[key] !== undefined && node.value[key] !== null;
}
