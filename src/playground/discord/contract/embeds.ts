import type { Draft } from './draft.ts';
import { nodeAt, nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { listLength, problemAt, requiredText, textLength } from './problem.ts';
import type { Problem } from './problem.ts';

/** The embed limits (docs: resources/message, Embed Limits), each text and all of them together. */
export function checkEmbeds({ message }: Draft): Problem[] {
  const embeds = nodesAt(message, 'embeds');
  return [...listLength(message, 'embeds', { max: 10 }), ...embeds.flatMap(embed), ...sum(message)];
}

function embed(node: Node): Problem[] {
  const author = nodeAt(node, 'author');
  const footer = nodeAt(node, 'footer');
  return [
    ...textLength(node, 'title', { max: 256 }),
    ...textLength(node, 'description', { max: 4096 }),
    ...(author === undefined ? [] : textLength(author, 'name', { max: 256 })),
    ...(footer === undefined ? [] : textLength(footer, 'text', { max: 2048 })),
    ...listLength(node, 'fields', { max: 25 }),
    ...nodesAt(node, 'fields').flatMap((field) => [
      ...requiredText(field, 'name', { min: 1, max: 256 }),
      ...requiredText(field, 'value', { min: 1, max: 1024 }),
    ]),
  ];
}

/** Discord trims before it counts; counted as sent is the stricter way. */
function sum(message: Node): Problem[] {
  const length = nodesAt(message, 'embeds')
    .flatMap((node) => [
      node.value['title'],
      node.value['description'],
      nodeAt(node, 'author')?.value['name'],
      nodeAt(node, 'footer')?.value['text'],
      ...nodesAt(node, 'fields').flatMap(({ value }) => [value['name'], value['value']]),
    ])
    .reduce<number>((total, text) => total + (typeof text === 'string' ? text.length : 0), 0);
  if (length <= 6000) return [];
  return [
    problemAt(
      message,
      'embeds',
      `must have at most 6000 characters over all embeds, but have ${String(length)}`,
    ),
  ];
}
