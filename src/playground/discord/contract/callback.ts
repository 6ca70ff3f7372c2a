import { draftOf } from './draft.ts';
import { has, nodeAt, nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { checkMessage } from './message.ts';
import { checkModal } from './modal.ts';
import { listLength, problemAt, required, requiredText, textLength } from './problem.ts';
import type { Problem } from './problem.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** The answers to an interaction (docs: receiving-and-responding, Interaction Callback Type). */
const CallbackType = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
  launchActivity: 12,
  purchaseEligibility: 13,
} as const;

const MESSAGE = 'CreateMessageInteractionCallbackRequest';
const UPDATE = 'UpdateMessageInteractionCallbackRequest';
const SCHEMAS: ReadonlyMap<unknown, string> = new Map([
  [CallbackType.pong, 'PongInteractionCallbackRequest'],
  [CallbackType.message, MESSAGE],
  [CallbackType.deferredMessage, MESSAGE],
  [CallbackType.deferredUpdate, UPDATE],
  [CallbackType.update, UPDATE],
  [CallbackType.choices, 'ApplicationCommandAutocompleteCallbackRequest'],
  [CallbackType.modal, 'ModalInteractionCallbackRequest'],
  [CallbackType.launchActivity, 'LaunchActivityInteractionCallbackRequest'],
  [CallbackType.purchaseEligibility, 'SocialLayerSKUPurchaseEligibilityInteractionCallbackRequest'],
]);

/** The schema of Discord's OpenAPI document for a callback of this type; nothing for a type that is none. */
export function callbackSchema(type: unknown): string | undefined {
  return SCHEMAS.get(type);
}

const EPHEMERAL = 1 << 6;

/** The rules for the first answer to an interaction, by its type. */
export function checkCallback(body: Node, files: readonly UploadedFile[]): Problem[] {
  const data = nodeAt(body, 'data');
  const { type } = body.value;
  switch (type) {
    case CallbackType.message:
      return data === undefined
        ? [required(body, 'data')]
        : checkMessage(draftOf(data, files, false));
    case CallbackType.update:
      return data === undefined ? [] : checkMessage(draftOf(data, files, true));
    case CallbackType.deferredMessage:
      return data === undefined ? [] : deferred(data);
    case CallbackType.choices:
      return data === undefined ? [required(body, 'data')] : choices(data);
    case CallbackType.modal:
      return data === undefined ? [required(body, 'data')] : checkModal(data);
    default: {
      const types: number[] = Object.values(CallbackType);
      if (typeof type === 'number' && types.includes(type)) return [];
      return [problemAt(body, 'type', `must be one of ${types.join(', ')}`)];
    }
  }
}

/** What the message will be is decided by the later edit; only who sees it is decided here. */
function deferred(data: Node): Problem[] {
  const { flags } = data.value;
  if (!has(data, 'flags')) return [];
  if (typeof flags === 'number' && (flags & ~EPHEMERAL) === 0) return [];
  return [problemAt(data, 'flags', 'a deferred answer may carry no flag but EPHEMERAL (64)')];
}

function choices(data: Node): Problem[] {
  return [
    ...listLength(data, 'choices', { max: 25 }),
    ...nodesAt(data, 'choices').flatMap((choice) => [
      ...requiredText(choice, 'name', { min: 1, max: 100 }),
      ...textLength(choice, 'value', { max: 100 }),
    ]),
  ];
}
