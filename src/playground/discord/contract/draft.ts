import { nodeAt, nodesAt } from './json.ts';
import type { Node } from './json.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** A message as a request would make or change it: what the message rules look at. */
export interface Draft {
  readonly message: Node;
  readonly files: readonly UploadedFile[];
  /** An edit leaves what it does not mention, so that absent fields say nothing. */
  readonly edits: boolean;
  /** Every component, nested ones included, parents before their children. */
  readonly components: readonly Component[];
}

export interface Component {
  readonly node: Node;
  readonly type: unknown;
  readonly slot: Slot;
}

/** Where a component stands: in the message or modal itself, or under a component of a type. */
export type Slot =
  | { readonly within: 'top' }
  | { readonly within: 'components' | 'accessory' | 'component'; readonly of: unknown };

export function draftOf(message: Node, files: readonly UploadedFile[], edits: boolean): Draft {
  return { message, files, edits, components: componentsOf(message) };
}

/** Every component of a message or a modal, in the order in which it is shown. */
export function componentsOf(root: Node): Component[] {
  return nodesAt(root, 'components').flatMap((node) => walk(node, { within: 'top' }));
}

/** Whether the message is made of components alone: flag IS_COMPONENTS_V2, `1 << 15`. */
export function isV2({ message }: Draft): boolean {
  const flags = message.value['flags'];
  return typeof flags === 'number' && (flags & COMPONENTS_V2) !== 0;
}

const COMPONENTS_V2 = 1 << 15;

function walk(node: Node, slot: Slot): Component[] {
  const type = node.value['type'];
  const children = nodesAt(node, 'components').flatMap((child) =>
    walk(child, { within: 'components', of: type }),
  );
  const single = (['accessory', 'component'] as const).flatMap((key) => {
    const child = nodeAt(node, key);
    return child === undefined ? [] : walk(child, { within: key, of: type });
  });
  return [{ node, type, slot }, ...children, ...single];
}
