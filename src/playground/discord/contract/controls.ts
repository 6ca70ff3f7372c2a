import { ComponentType, SELECTS } from './component-type.ts';
import type { Component } from './draft.ts';
import { has, nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { problemAt, required, requiredList, requiredText, textLength } from './problem.ts';
import type { Problem } from './problem.ts';

const LINK = 5;
const PREMIUM = 6;

/** Buttons and selects: their ids, labels and options. */
export function checkControls(components: readonly Component[]): Problem[] {
  return [
    ...uniqueIds(components),
    ...components.flatMap(({ node, type }) => {
      if (type === ComponentType.button) return button(node);
      return typeof type === 'number' && SELECTS.includes(type) ? select(node) : [];
    }),
  ];
}

/** A custom id names one control of a message or modal. */
export function uniqueIds(components: readonly Component[]): Problem[] {
  const seen = new Map<string, string>();
  return components.flatMap(({ node }) => {
    const id = node.value['custom_id'];
    if (typeof id !== 'string') return [];
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, node.path);
      return [];
    }
    return [problemAt(node, 'custom_id', `must be unique, but ${first} has the same`)];
  });
}

function button(node: Node): Problem[] {
  return [
    ...style(node),
    ...textLength(node, 'label', { max: 80 }),
    ...textLength(node, 'url', { min: 1, max: 512 }),
    ...textLength(node, 'custom_id', { min: 1, max: 100 }),
  ];
}

/** What a button carries depends on its style: an id, an address, or something to buy. */
function style(node: Node): Problem[] {
  const value = node.value['style'];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > PREMIUM) {
    return [problemAt(node, 'style', 'must be an integer from 1 to 6')];
  }
  if (value === PREMIUM) {
    return [
      ...needs(node, 'sku_id'),
      ...['custom_id', 'url', 'label', 'emoji'].flatMap((key) => forbids(node, key, 'premium')),
    ];
  }
  const own = value === LINK ? 'url' : 'custom_id';
  const other = value === LINK ? 'custom_id' : 'url';
  const shown = has(node, 'emoji') || (has(node, 'label') && node.value['label'] !== '');
  return [
    ...needs(node, own),
    ...forbids(node, other, value === LINK ? 'link' : 'non-link'),
    ...(shown ? [] : [problemAt(node, 'label', 'is required where there is no emoji')]),
  ];
}

function needs(node: Node, key: string): Problem[] {
  return has(node, key) ? [] : [required(node, key)];
}

function forbids(node: Node, key: string, kind: string): Problem[] {
  return has(node, key) ? [problemAt(node, key, `is not allowed on a ${kind} button`)] : [];
}

/** The fields that a select has in messages and in modals. */
export function select(node: Node): Problem[] {
  const { min_values: min, max_values: max } = node.value;
  const options = nodesAt(node, 'options');
  return [
    ...requiredText(node, 'custom_id', { min: 1, max: 100 }),
    ...textLength(node, 'placeholder', { max: 150 }),
    ...(typeof min === 'number' && typeof max === 'number' && min > max
      ? [problemAt(node, 'min_values', `must not exceed max_values (${String(max)})`)]
      : []),
    ...(node.value['type'] === ComponentType.stringSelect
      ? requiredList(node, 'options', { min: 1, max: 25 })
      : []),
    ...options.flatMap(choice),
    ...uniqueValues(options),
  ];
}

/** One option of a select, a radio group or a checkbox group. */
export function choice(node: Node): Problem[] {
  return [
    ...requiredText(node, 'label', { min: 1, max: 100 }),
    ...requiredText(node, 'value', { min: 1, max: 100 }),
    ...textLength(node, 'description', { max: 100 }),
  ];
}

function uniqueValues(options: readonly Node[]): Problem[] {
  const seen = new Set<unknown>();
  return options.flatMap((node) => {
    const value = node.value['value'];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [problemAt(node, 'value', 'must be unique among the options')];
  });
}
