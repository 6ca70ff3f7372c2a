import { ComponentType } from './component-type.ts';
import { isV2 } from './draft.ts';
import type { Component, Draft } from './draft.ts';
import { nodesAt } from './json.ts';
import { problemAt, requiredList, requiredText, textLength } from './problem.ts';
import type { Problem } from './problem.ts';

/**
 * The problem of a V2 message whose texts are too many bytes. Discord documents no such limit and
 * answers it with HTTP 500, not 400 (discord-api-docs issue 8554), so that a server can tell it apart.
 */
export const OVERSIZED_COMPONENTS =
  'the texts may have at most 10170 bytes of UTF-8, 12 more counted for each; Discord answers HTTP 500';

/** What V2 components show: texts, galleries, thumbnails. */
export function checkDisplays(draft: Draft): Problem[] {
  return [
    ...texts(draft),
    ...bytes(draft),
    ...draft.components.flatMap(({ node, type }) => {
      if (type === ComponentType.textDisplay)
        return requiredText(node, 'content', { min: 1, max: 4000 });
      if (type === ComponentType.thumbnail) {
        return textLength(node, 'description', { min: 1, max: 1024 });
      }
      return type === ComponentType.mediaGallery ? gallery(node) : [];
    }),
  ];
}

/** The limit of 4000 is one for the message, wherever its texts stand. */
function texts(draft: Draft): Problem[] {
  const length = textsOf(draft).reduce((sum, text) => sum + text.length, 0);
  if (length <= 4000) return [];
  return [
    problemAt(
      draft.message,
      'components',
      `must have at most 4000 characters over all text displays, but have ${String(length)}`,
    ),
  ];
}

function bytes(draft: Draft): Problem[] {
  const size = textsOf(draft).reduce((sum, text) => sum + Buffer.byteLength(text) + 12, 0);
  if (!isV2(draft) || size <= 10_170) return [];
  return [problemAt(draft.message, 'components', OVERSIZED_COMPONENTS)];
}

function textsOf(draft: Draft): string[] {
  return draft.components.flatMap(({ node, type }) => {
    const content = node.value['content'];
    return type === ComponentType.textDisplay && typeof content === 'string' ? [content] : [];
  });
}

function gallery(node: Component['node']): Problem[] {
  return [
    ...requiredList(node, 'items', { min: 1, max: 10 }),
    ...nodesAt(node, 'items').flatMap((item) =>
      textLength(item, 'description', { min: 1, max: 1024 }),
    ),
  ];
}
