import { slashDescription, slashName } from './command-text.ts';
import { countAt, has, nodesAt, pathTo } from './json.ts';
import type { Node } from './json.ts';
import { listLength, problemAt, requiredText } from './problem.ts';
import type { Problem } from './problem.ts';

const SUB_COMMAND = 1;
const GROUP = 2;
const STRING = 3;
const INTEGER = 4;
const NUMBER = 10;
const ATTACHMENT = 11;

/** The options of a slash command, a group or a sub-command. */
export function checkOptions(owner: Node, depth: 'command' | 'group' | 'subcommand'): Problem[] {
  const options = nodesAt(owner, 'options');
  return [
    ...listLength(owner, 'options', { max: 25 }),
    ...(depth === 'group' && options.length === 0
      ? [problemAt(owner, 'options', 'must have 1 to 25 sub-commands')]
      : []),
    ...kinds(owner, options, depth),
    ...requiredFirst(options),
    ...uniqueNames(options),
    ...options.flatMap(option),
  ];
}

/** Two options of a command, or two commands of a kind, may not have one name. */
export function uniqueNames(nodes: readonly Node[]): Problem[] {
  const seen = new Set<unknown>();
  return nodes.flatMap((node) => {
    const { name } = node.value;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      problemAt(
        node,
        'name',
        `must be unique, but ${JSON.stringify(name) ?? 'undefined'} is there twice`,
      ),
    ];
  });
}

function kinds(owner: Node, options: readonly Node[], depth: string): Problem[] {
  const isSub = ({ value }: Node): boolean =>
    value['type'] === SUB_COMMAND || value['type'] === GROUP;
  const wrong = options.filter(
    (node) =>
      (depth === 'subcommand' && isSub(node)) ||
      (depth === 'group' && node.value['type'] !== SUB_COMMAND),
  );
  const isMixed = depth === 'command' && options.some(isSub) && !options.every(isSub);
  return [
    ...wrong.map((node) => problemAt(node, 'type', `may not stand in a ${depth}`)),
    ...(isMixed
      ? [
          {
            path: pathTo(owner.path, 'options'),
            problem: 'must be sub-commands and groups alone, or none of them',
          },
        ]
      : []),
  ];
}

function requiredFirst(options: readonly Node[]): Problem[] {
  const isSub = ({ value }: Node): boolean =>
    value['type'] === SUB_COMMAND || value['type'] === GROUP;
  const firstOptional = options.findIndex(
    (node) => !isSub(node) && node.value['required'] !== true,
  );
  if (firstOptional === -1) return [];
  return options
    .slice(firstOptional)
    .filter(({ value }) => value['required'] === true)
    .map((node) => problemAt(node, 'required', 'required options must come before optional ones'));
}

function option(node: Node): Problem[] {
  const { type } = node.value;
  const isKnown = typeof type === 'number' && Number.isInteger(type) && type >= 1 && type <= 11;
  return [
    ...slashName(node),
    ...slashDescription(node),
    ...(isKnown ? [] : [problemAt(node, 'type', 'must be an integer from 1 to 11')]),
    ...(type === SUB_COMMAND ? checkOptions(node, 'subcommand') : []),
    ...(type === GROUP ? checkOptions(node, 'group') : []),
    ...choices(node),
    ...bounds(node),
  ];
}

function choices(node: Node): Problem[] {
  const { type, autocomplete } = node.value;
  const takesChoices = type === STRING || type === INTEGER || type === NUMBER;
  const list = nodesAt(node, 'choices');
  return [
    ...listLength(node, 'choices', { max: 25 }),
    ...(autocomplete === true && countAt(node, 'choices') > 0
      ? [problemAt(node, 'autocomplete', 'may not be true where there are choices')]
      : []),
    ...(!takesChoices && autocomplete === true
      ? [problemAt(node, 'autocomplete', 'is for string, integer and number options only')]
      : []),
    ...(!takesChoices && countAt(node, 'choices') > 0
      ? [problemAt(node, 'choices', 'are for string, integer and number options only')]
      : []),
    ...uniqueNames(list),
    ...list.flatMap((choice) => [
      ...requiredText(choice, 'name', { min: 1, max: 100 }),
      ...(type === STRING ? requiredText(choice, 'value', { max: 100 }) : []),
    ]),
  ];
}

/** Bounds belong to a type each, and the lower one is not above the upper one. */
function bounds(node: Node): Problem[] {
  const { type } = node.value;
  const isNumeric = type === INTEGER || type === NUMBER;
  return [
    ...ordered(node, 'min_length', 'max_length', type === STRING, 'string options'),
    ...ordered(node, 'min_value', 'max_value', isNumeric, 'integer and number options'),
    ...(has(node, 'file_types') && type !== ATTACHMENT
      ? [problemAt(node, 'file_types', 'is for attachment options only')]
      : listLength(node, 'file_types', { max: 10 })),
  ];
}

function ordered(node: Node, low: string, high: string, fits: boolean, whose: string): Problem[] {
  if (!fits) {
    return [low, high]
      .filter((key) => has(node, key))
      .map((key) => problemAt(node, key, `is for ${whose} only`));
  }
  const { [low]: min, [high]: max } = node.value;
  return typeof min === 'number' && typeof max === 'number' && min > max
    ? [problemAt(node, low, `must not exceed ${high} (${String(max)})`)]
    : [];
}
