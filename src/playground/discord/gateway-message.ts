import { GatewayCloseCodes } from 'discord-api-types/v10';
import { z } from 'zod';

const heartbeat = z.object({ op: z.literal(1), d: z.number().int().nullable() });
const identify = z.object({
  op: z.literal(2),
  d: z.looseObject({
    token: z.string(),
    intents: z.number().int().nonnegative(),
    properties: z.looseObject({ os: z.string(), browser: z.string(), device: z.string() }),
    shard: z.tuple([z.number().int(), z.number().int()]).optional(),
  }),
});
const resume = z.object({
  op: z.literal(6),
  d: z.looseObject({ token: z.string(), session_id: z.string(), seq: z.number().int() }),
});
/** Presence, voice state and member requests are taken and do nothing. */
const other = z.object({
  op: z.union([z.literal(3), z.literal(4), z.literal(8)]),
  d: z.unknown().optional(),
});

const schema = z.discriminatedUnion('op', [heartbeat, identify, resume, other]);

/** What a client may send. Source: events/gateway-events, "Send Events". */
export type GatewayMessage = z.infer<typeof schema>;

const opcodes = new Set([1, 2, 3, 4, 6, 8]);

/** The message, or the code with which Discord closes on something else. */
export function parseGatewayMessage(text: string): GatewayMessage | GatewayCloseCodes {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return GatewayCloseCodes.DecodeError;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const op: unknown =
    typeof json === 'object' && json !== null && 'op' in json ? json.op : undefined;
  return typeof op === 'number' && opcodes.has(op)
    ? GatewayCloseCodes.DecodeError
    : GatewayCloseCodes.UnknownOpcode;
}
