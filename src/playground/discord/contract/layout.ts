import { ComponentType, SELECTS, nameOf } from './component-type.ts';
import { isV2 } from './draft.ts';
import type { Component, Draft, Slot } from './draft.ts';
import { nodesAt, pathTo } from './json.ts';
import { listLength, problemAt, requiredList } from './problem.ts';
import type { Problem } from './problem.ts';

const C = ComponentType;
const IN_CONTAINER: readonly number[] = [
  C.row,
  C.section,
  C.textDisplay,
  C.mediaGallery,
  C.file,
  C.separator,
];
const ON_TOP: readonly number[] = [...IN_CONTAINER, C.container];
const IN_ROW: readonly number[] = [C.button, ...SELECTS];

/** Which component may stand where, and how many: rows, sections, containers and the V2 flag. */
export function checkLayout(draft: Draft): Problem[] {
  return [...total(draft), ...places(draft), ...flag(draft), ...rows(draft), ...lists(draft)];
}

/** Nested components count as well; only a legacy message counts rows instead. */
function total(draft: Draft): Problem[] {
  const count = draft.components.length;
  if (count <= 40) return [];
  return [
    problemAt(
      draft.message,
      'components',
      `must be at most 40 components, nested ones included, but are ${String(count)}`,
    ),
  ];
}

function places(draft: Draft): Problem[] {
  return draft.components.flatMap(({ node, type, slot }) => {
    const allowed = allowedIn(slot);
    if (typeof type === 'number' && allowed.includes(type)) return [];
    const names = allowed.map(nameOf).join(', ') || 'none';
    return [problemAt(node, 'type', `${nameOf(type)} may not stand here; allowed: ${names}`)];
  });
}

function allowedIn(slot: Slot): readonly number[] {
  if (slot.within === 'top') return ON_TOP;
  if (slot.within === 'accessory') return slot.of === C.section ? [C.button, C.thumbnail] : [];
  if (slot.within === 'component') return [];
  if (slot.of === C.row) return IN_ROW;
  if (slot.of === C.section) return [C.textDisplay];
  return slot.of === C.container ? IN_CONTAINER : [];
}

/**
 * Components of the new kind need the flag. An edit of a message that has it already could leave it
 * out; it is asked for all the same, since the answer to a deferred interaction is an edit that needs it.
 */
function flag(draft: Draft): Problem[] {
  if (isV2(draft)) return [];
  return draft.components
    .filter(({ type, slot }) => slot.within === 'top' && type !== C.row && isOnTop(type))
    .map(({ node, type }) =>
      problemAt(node, 'type', `${nameOf(type)} needs the flag IS_COMPONENTS_V2 (32768)`),
    );
}

function isOnTop(type: unknown): boolean {
  return typeof type === 'number' && ON_TOP.includes(type);
}

function rows(draft: Draft): Problem[] {
  const all = draft.components.filter(({ type }) => type === C.row);
  const legacy = isV2(draft) ? [] : listLength(draft.message, 'components', { max: 5 });
  return [...legacy, ...all.flatMap(({ node }) => row(node))];
}

function row(node: Component['node']): Problem[] {
  const types = nodesAt(node, 'components').map(({ value }) => value['type']);
  const hasSelect = types.some((type) => typeof type === 'number' && SELECTS.includes(type));
  if (!hasSelect) return requiredList(node, 'components', { min: 1, max: 5 });
  if (types.length === 1) return [];
  const path = pathTo(node.path, 'components');
  return [{ path, problem: 'must be 1 to 5 buttons or one select alone' }];
}

function lists(draft: Draft): Problem[] {
  return draft.components.flatMap(({ node, type }) => {
    if (type === C.section) {
      const accessory = node.value['accessory'];
      return [
        ...requiredList(node, 'components', { min: 1, max: 3 }),
        ...(accessory === undefined || accessory === null
          ? [problemAt(node, 'accessory', 'is required: a button or a thumbnail')]
          : []),
      ];
    }
    return type === C.container ? requiredList(node, 'components', { min: 1, max: 40 }) : [];
  });
}
