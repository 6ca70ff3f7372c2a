import { isObject, nodesAt, pathTo } from './json.ts';
import type { Node } from './json.ts';
import { requiredText } from './problem.ts';
import type { Problem } from './problem.ts';

/** Names of slash commands and their options (docs: application-commands, naming). */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** A name of a slash command or an option, and its translations. */
export function slashName(node: Node): Problem[] {
  return textsAt(node, 'name').flatMap(({ path, text }) => {
    if (!NAME.test(text)) {
      return [
        { path, problem: 'must be 1 to 32 letters, digits, hyphens, underscores or apostrophes' },
      ];
    }
    return text === text.toLowerCase() ? [] : [{ path, problem: 'must be in lower case' }];
  });
}

/** A description of a slash command or an option, and its translations. */
export function slashDescription(node: Node): Problem[] {
  const translations = textsAt(node, 'description').slice(1);
  return [
    ...requiredText(node, 'description', { min: 1, max: 100 }),
    ...translations
      .filter(({ text }) => text.length < 1 || text.length > 100)
      .map(({ path, text }) => ({
        path,
        problem: `must be 1 to 100 characters long, but is ${String(text.length)}`,
      })),
  ];
}

/**
 * How much of the 8000 characters a command takes: names, descriptions and values of itself, its
 * options and choices; of a text and its translations the longest counts.
 */
export function commandLength(node: Node): number {
  const { value } = node.value;
  return (
    longest(node, 'name') +
    longest(node, 'description') +
    (typeof value === 'string' ? value.length : 0) +
    [...nodesAt(node, 'options'), ...nodesAt(node, 'choices')].reduce(
      (sum, child) => sum + commandLength(child),
      0,
    )
  );
}

function longest(node: Node, key: string): number {
  return Math.max(0, ...textsAt(node, key).map(({ text }) => text.length));
}

/** The text itself first (an absent one is empty), then its translations. */
function textsAt(node: Node, key: string): { path: string; text: string }[] {
  const own = node.value[key];
  const localizations = node.value[`${key}_localizations`];
  const path = pathTo(node.path, `${key}_localizations`);
  return [
    { path: pathTo(node.path, key), text: typeof own === 'string' ? own : '' },
    ...Object.entries(isObject(localizations) ? localizations : {}).flatMap(([locale, text]) =>
      typeof text === 'string' ? [{ path: pathTo(path, locale), text }] : [],
    ),
  ];
}
