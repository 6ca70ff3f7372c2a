import { ComponentType, SELECTS, nameOf } from './component-type.ts';
import { choice, select, uniqueIds } from './controls.ts';
import { componentsOf } from './draft.ts';
import type { Slot } from './draft.ts';
import { nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { problemAt, requiredList, requiredText, textLength } from './problem.ts';
import type { Problem } from './problem.ts';

const C = ComponentType;
const IN_LABEL: readonly number[] = [
  C.textInput,
  ...SELECTS,
  C.fileUpload,
  C.radioGroup,
  C.checkboxGroup,
  C.checkbox,
];

/** The rules for a modal (docs: receiving-and-responding; components/reference). */
export function checkModal(modal: Node): Problem[] {
  const components = componentsOf(modal);
  return [
    ...requiredText(modal, 'custom_id', { min: 1, max: 100 }),
    ...requiredText(modal, 'title', { min: 1, max: 45 }),
    ...requiredList(modal, 'components', { min: 1, max: 5 }),
    ...uniqueIds(components),
    ...components.flatMap(({ node, type, slot }) => {
      const allowed = allowedIn(slot);
      if (typeof type === 'number' && allowed.includes(type)) return field(node, type);
      const names = allowed.map(nameOf).join(', ') || 'none';
      return [problemAt(node, 'type', `${nameOf(type)} may not stand here; allowed: ${names}`)];
    }),
  ];
}

function allowedIn(slot: Slot): readonly number[] {
  if (slot.within === 'top') return [C.row, C.textDisplay, C.label];
  if (slot.within === 'component') return slot.of === C.label ? IN_LABEL : [];
  return slot.within === 'components' && slot.of === C.row ? [C.textInput] : [];
}

function field(node: Node, type: number): Problem[] {
  return [...disabled(node), ...optional(node), ...own(node, type)];
}

function own(node: Node, type: number): Problem[] {
  if (SELECTS.includes(type)) return select(node);
  const id = (): Problem[] => requiredText(node, 'custom_id', { min: 1, max: 100 });
  switch (type) {
    case C.row:
      return requiredList(node, 'components', { min: 1, max: 1 });
    case C.textDisplay:
      return requiredText(node, 'content', { min: 1, max: 4000 });
    case C.label:
      return [
        ...requiredText(node, 'label', { min: 1, max: 45 }),
        ...textLength(node, 'description', { min: 1, max: 100 }),
        ...(node.value['component'] === undefined
          ? [problemAt(node, 'component', 'is required')]
          : []),
      ];
    case C.textInput:
      return [
        ...id(),
        ...textLength(node, 'label', { min: 1, max: 45 }),
        ...textLength(node, 'value', { max: 4000 }),
        ...textLength(node, 'placeholder', { max: 100 }),
        ...textInput(node),
      ];
    case C.radioGroup:
      return [...id(), ...choices(node, 2)];
    case C.checkboxGroup:
      return [...id(), ...choices(node, 1)];
    default:
      return id();
  }
}

/**
 * A text input is of one line or several, and takes at most 4000 characters. A value that is longer than
 * it takes is not documented as an error, but nobody could send such a modal.
 */
function textInput(node: Node): Problem[] {
  const { style, value: preset, min_length: min, max_length: max } = node.value;
  const within = (key: string, value: unknown, least: number): Problem[] =>
    value === undefined ||
    (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 4000)
      ? []
      : [problemAt(node, key, `must be an integer from ${least} to 4000`)];
  return [
    ...(style === 1 || style === 2 ? [] : [problemAt(node, 'style', 'must be 1 or 2')]),
    ...within('min_length', min, 0),
    ...within('max_length', max, 1),
    ...(typeof min === 'number' && typeof max === 'number' && min > max
      ? [problemAt(node, 'min_length', `must not exceed max_length (${max})`)]
      : []),
    ...(typeof preset === 'string' && typeof max === 'number' && Array.from(preset).length > max
      ? [problemAt(node, 'value', `must have at most max_length characters (${max})`)]
      : []),
  ];
}

function choices(node: Node, min: number): Problem[] {
  return [
    ...requiredList(node, 'options', { min, max: 10 }),
    ...nodesAt(node, 'options').flatMap(choice),
  ];
}

function disabled(node: Node): Problem[] {
  return node.value['disabled'] === true
    ? [problemAt(node, 'disabled', 'must not be true in a modal')]
    : [];
}

/** Fields are required unless they say otherwise, and "required, but none" is refused. */
function optional(node: Node): Problem[] {
  return node.value['min_values'] === 0 && node.value['required'] !== false
    ? [problemAt(node, 'min_values', 'may be 0 only with required: false')]
    : [];
}
