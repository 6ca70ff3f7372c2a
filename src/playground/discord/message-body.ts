import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { invalidForm } from './api-error.ts';

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Embeds and components are checked by the contract; here they only have to be objects. */
export const embedList = z.array(z.custom<APIEmbed>(isObject, 'must be an object'));
export const componentList = z.array(
  z.custom<APIMessageTopLevelComponent>(isObject, 'must be an object'),
);

const snowflake = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()]);

const allowedMentions = z.looseObject({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
  users: z.array(snowflake.transform(String)).optional(),
  roles: z.array(snowflake.transform(String)).optional(),
  replied_user: z.boolean().optional(),
});

const schema = z.looseObject({
  content: z.string().nullish(),
  embeds: embedList.nullish(),
  components: componentList.nullish(),
  attachments: z
    .array(
      z.looseObject({
        id: snowflake.transform(String),
        filename: z.string().optional(),
        description: z.string().nullish(),
        is_spoiler: z.boolean().optional(),
      }),
    )
    .nullish(),
  flags: z.number().int().nonnegative().nullish(),
  allowed_mentions: allowedMentions.nullish(),
  nonce: z.union([z.string().max(25), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .looseObject({
      message_id: snowflake.transform(String),
      fail_if_not_exists: z.boolean().optional(),
    })
    .nullish(),
  poll: z.unknown().optional(),
  sticker_ids: z.array(z.unknown()).nullish(),
});

/** What a bot says of a message; the parts that the stand-in acts upon. */
export type MessageBody = z.infer<typeof schema>;

/** @throws {ApiError} 50035 with what is wrong, and where */
export function parseMessageBody(json: unknown): MessageBody {
  return parseBody(schema, json ?? {});
}

/** Reads a body; what does not fit is Discord's 50035. @throws {ApiError} */
export function parseBody<T>(type: z.ZodType<T>, json: unknown): T {
  const parsed = type.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalidForm(
    ...parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: 'BASE_TYPE_BAD_VALUE',
      message: issue.message,
    })),
  );
}
