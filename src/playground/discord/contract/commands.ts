import { checkOptions, uniqueNames } from './command-options.ts';
import { commandLength, slashDescription, slashName } from './command-text.ts';
import { countAt, nodesOf } from './json.ts';
import type { Node } from './json.ts';
import { problemAt, requiredText } from './problem.ts';
import type { Problem } from './problem.ts';

const SLASH = 1;

/** How many commands of a type a scope takes (docs: application-commands). */
const MOST: Readonly<Record<number, { readonly most: number; readonly name: string }>> = {
  1: { most: 100, name: 'slash' },
  2: { most: 15, name: 'user' },
  3: { most: 15, name: 'message' },
};

/** The rules for a bulk overwrite of commands. */
export function checkCommands(body: unknown): Problem[] {
  if (!Array.isArray(body)) return [{ path: '', problem: 'the body must be a list of commands' }];
  const commands = nodesOf(body, '');
  return [
    ...counts(commands),
    ...[SLASH, 2, 3].flatMap((type) =>
      uniqueNames(commands.filter((node) => typeOf(node) === type)),
    ),
    ...commands.flatMap(command),
  ];
}

/** A command that names no type is a slash command. */
function typeOf(node: Node): unknown {
  return node.value['type'] ?? SLASH;
}

function counts(commands: readonly Node[]): Problem[] {
  return Object.entries(MOST).flatMap(([type, { most, name }]) => {
    const count = commands.filter((node) => String(typeOf(node)) === type).length;
    if (count <= most) return [];
    return [
      { path: '', problem: `at most ${String(most)} ${name} commands, but are ${String(count)}` },
    ];
  });
}

function command(node: Node): Problem[] {
  const length = commandLength(node);
  return [
    ...(typeOf(node) === SLASH ? slash(node) : contextMenu(node)),
    ...(length <= 8000
      ? []
      : [
          {
            path: node.path,
            problem: `names, descriptions and values must be at most 8000 characters together, but are ${String(length)}`,
          },
        ]),
  ];
}

function slash(node: Node): Problem[] {
  return [...slashName(node), ...slashDescription(node), ...checkOptions(node, 'command')];
}

function contextMenu(node: Node): Problem[] {
  const description = node.value['description'];
  return [
    ...requiredText(node, 'name', { min: 1, max: 32 }),
    ...(typeof description === 'string' && description !== ''
      ? [problemAt(node, 'description', 'is for slash commands only')]
      : []),
    ...(countAt(node, 'options') > 0
      ? [problemAt(node, 'options', 'are for slash commands only')]
      : []),
  ];
}
