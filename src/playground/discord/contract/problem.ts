import { countAt, has, pathTo } from './json.ts';
import type { Node } from './json.ts';

/** What is wrong at one place of a body. */
export interface Problem {
  readonly path: string;
  readonly problem: string;
}

export interface Range {
  readonly min?: number;
  readonly max: number;
}

/** A problem with one field of an object. */
export function problemAt(node: Node, key: string, problem: string): Problem {
  return { path: pathTo(node.path, key), problem };
}

/**
 * The length of a text against its range; a field that is absent or null passes.
 *
 * Discord does not say whether it counts UTF-16 units or code points. Units are never fewer, so a text
 * that passes here passes either way.
 */
export function textLength(node: Node, key: string, { min = 0, max }: Range): Problem[] {
  const text = node.value[key];
  if (typeof text !== 'string' || (text.length >= min && text.length <= max)) return [];
  return [
    problemAt(
      node,
      key,
      `must be ${between(min, max)} characters long, but is ${String(text.length)}`,
    ),
  ];
}

/** Like `textLength`, for a field that must be there. */
export function requiredText(node: Node, key: string, range: Range): Problem[] {
  return has(node, key) ? textLength(node, key, range) : [required(node, key)];
}

/** The number of entries in a list against its range; a list that is absent or null passes. */
export function listLength(node: Node, key: string, { min = 0, max }: Range): Problem[] {
  const count = countAt(node, key);
  if (!Array.isArray(node.value[key]) || (count >= min && count <= max)) return [];
  return [problemAt(node, key, `must have ${between(min, max)} entries, but has ${String(count)}`)];
}

/** Like `listLength`, for a list that must be there. */
export function requiredList(node: Node, key: string, range: Range): Problem[] {
  return has(node, key) ? listLength(node, key, range) : [required(node, key)];
}

export function required(node: Node, key: string): Problem {
  return problemAt(node, key, 'is required');
}

function between(min: number, max: number): string {
  return min === 0 ? `at most ${String(max)}` : `${String(min)} to ${String(max)}`;
}
