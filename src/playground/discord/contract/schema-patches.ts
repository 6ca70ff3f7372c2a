import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';

/** The schemas of an OpenAPI document by name. */
export type Schemas = Readonly<Record<string, JsonObject>>;

const WEBHOOK_MESSAGES = [
  'IncomingWebhookRequestPartial',
  'IncomingWebhookUpdateRequestPartial',
  'IncomingWebhookInteractionRequest',
  'IncomingWebhookUpdateForInteractionCallbackRequestPartial',
];

const FILE_TYPES = { type: ['array', 'null'], items: { type: 'string' }, maxItems: 10 };

/**
 * Fields in which Discord's specification differs from its documentation, or from what Discord is
 * known to take. Its README says to follow the documentation where the two disagree.
 */
const FIELDS: Readonly<Record<string, JsonObject>> = {
  ApplicationCommandUpdateRequest: {
    // A bit field, which the documentation and discord.js write as a decimal text.
    default_member_permissions: {
      type: ['integer', 'string', 'null'],
      minimum: 0,
      pattern: '^[0-9]+$',
    },
    nsfw: { type: ['boolean', 'null'] },
  },
  ApplicationCommandAttachmentOption: { file_types: FILE_TYPES },
  FileUploadComponentForModalRequest: { file_types: FILE_TYPES },
  MessageAttachmentRequest: {
    // The number of a file part; the documentation's examples write it without quotes.
    id: { type: ['integer', 'string'], minimum: 0, pattern: '^(0|[1-9][0-9]*)$' },
  },
  ComponentEmojiForRequest: { animated: { type: ['boolean', 'null'] } },
  // discord.js sends these with every message, and Discord passes over them where they mean nothing.
  ...Object.fromEntries(
    [...WEBHOOK_MESSAGES, 'MessageEditRequestPartial'].map((name) => [
      name,
      {
        tts: { type: ['boolean', 'null'] },
        enforce_nonce: { type: ['boolean', 'null'] },
        nonce: { type: ['string', 'integer', 'null'] },
      },
    ]),
  ),
};

/** The choices of an autocomplete answer are one list, not three kinds of it that share a shape. */
const AUTOCOMPLETE = {
  type: 'object',
  required: ['choices'],
  properties: {
    choices: {
      type: ['array', 'null'],
      maxItems: 25,
      items: {
        type: 'object',
        required: ['name', 'value'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100 },
          name_localizations: { type: ['object', 'null'] },
          value: { type: ['string', 'number'] },
        },
      },
    },
  },
};

/** The schemas with what is missing added and what is wrong replaced. */
export function patchSchemas(schemas: Schemas): Schemas {
  const patched: Record<string, JsonObject> = { ...schemas };
  for (const [name, fields] of Object.entries(FIELDS)) {
    const schema = patched[name];
    if (schema === undefined) continue;
    const known = schema['properties'];
    patched[name] = { ...schema, properties: { ...(isObject(known) ? known : {}), ...fields } };
  }
  const callback = patched['ApplicationCommandAutocompleteCallbackRequest'];
  const properties = callback?.['properties'];
  if (callback !== undefined && isObject(properties)) {
    patched['ApplicationCommandAutocompleteCallbackRequest'] = {
      ...callback,
      properties: { ...properties, data: AUTOCOMPLETE },
    };
  }
  return patched;
}
