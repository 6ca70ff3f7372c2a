import { checkAttachments } from './attachments.ts';
import { checkControls } from './controls.ts';
import { checkDisplays } from './displays.ts';
import { isV2 } from './draft.ts';
import type { Draft } from './draft.ts';
import { checkEmbeds } from './embeds.ts';
import { countAt, has } from './json.ts';
import { checkLayout } from './layout.ts';
import { problemAt, textLength } from './problem.ts';
import type { Problem } from './problem.ts';
import { checkReferences } from './references.ts';

/** The rules for a message that Discord's OpenAPI does not know, or that hold without it as well. */
export function checkMessage(draft: Draft): Problem[] {
  return [
    ...textLength(draft.message, 'content', { max: 2000 }),
    ...empty(draft),
    ...componentsAlone(draft),
    ...nonce(draft),
    ...checkEmbeds(draft),
    ...checkLayout(draft),
    ...checkControls(draft.components),
    ...checkDisplays(draft),
    ...checkAttachments(draft),
    ...checkReferences(draft),
  ];
}

/** A new message must show something. An edit is empty only where it takes everything away. */
function empty(draft: Draft): Problem[] {
  const { message, files, edits } = draft;
  const content = message.value['content'];
  const hasText = typeof content === 'string' && content.trim() !== '';
  const lists = ['embeds', 'components', ...(edits ? ['attachments'] : ['sticker_ids'])];
  const others = ['poll', 'shared_client_theme', 'message_reference'];
  const shows =
    hasText ||
    files.length > 0 ||
    lists.some((key) => countAt(message, key) > 0) ||
    (others.some((key) => has(message, key)) && !isReply(draft));
  if (shows) return [];
  if (edits && ['content', ...lists].some((key) => message.value[key] === undefined)) return [];
  return [
    {
      path: message.path,
      problem:
        'an empty message: one of content, embeds, components, files, sticker_ids or poll must be there',
    },
  ];
}

/** Only a forward (type 1) is a message by itself; a reply needs words of its own. */
function isReply({ message }: Draft): boolean {
  if (has(message, 'poll') || has(message, 'shared_client_theme')) return false;
  const reference = message.value['message_reference'];
  return (
    typeof reference === 'object' &&
    reference !== null &&
    !('type' in reference && reference.type === 1)
  );
}

/** null, '' and [] are allowed: an edit that turns a legacy message into V2 must reset them so. */
function componentsAlone(draft: Draft): Problem[] {
  if (!isV2(draft)) return [];
  const { message } = draft;
  const content = message.value['content'];
  const given = [
    ...(typeof content === 'string' && content !== '' ? ['content'] : []),
    ...['embeds', 'sticker_ids'].filter((key) => countAt(message, key) > 0),
    ...(has(message, 'poll') ? ['poll'] : []),
  ];
  return given.map((key) =>
    problemAt(message, key, 'is not allowed with the flag IS_COMPONENTS_V2 (32768)'),
  );
}

function nonce({ message }: Draft): Problem[] {
  const { nonce: value, enforce_nonce: enforced } = message.value;
  return [
    ...textLength(message, 'nonce', { max: 25 }),
    ...(enforced === true && (value === undefined || value === null || value === '')
      ? [problemAt(message, 'nonce', 'is required with enforce_nonce')]
      : []),
  ];
}
