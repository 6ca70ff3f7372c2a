import { z } from 'zod';
import { mistakesAcross } from './config-across.ts';
import { providerShape } from './config-providers.ts';
import {
  address,
  cap,
  integer,
  isLoopback,
  oneOf,
  snowflake,
  snowflakes,
} from './config-values.ts';
import type { Caps } from './domain/ledger.ts';

/**
 * Every setting of the bot. `.env.example` and the README's table name the same ones; a test holds
 * them together. `null` is "not set"; the example is shown with a mistake,
 * and the value of what is marked as `secret` never appears in the log.
 */
export const settings = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}$/,
      'is not a bot token (three parts with dots between, from the Bot page of your application, without the word Bot)',
    )
    .meta({
      secret: true,
      example: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    }),
  DISCORD_API_URL: address
    .refine(
      isLoopback,
      'must be an address of this machine, since the token goes there (leave it out to use Discord)',
    )
    .nullable()
    .default(null)
    .meta({ example: 'http://127.0.0.1:4000/api' }),
  DISCORD_GUILD_ID: snowflake.nullable().default(null).meta({ example: '123456789012345678' }),
  ALLOWED_GUILDS: snowflakes
    .default(new Set())
    .meta({ example: '123456789012345678, 234567890123456789' }),
  BLOCKED_USERS: snowflakes.default(new Set()).meta({ example: '345678901234567890' }),
  OPERATOR_CHANNEL_ID: snowflake.nullable().default(null).meta({ example: '456789012345678901' }),
  ...providerShape,
  DEFAULT_IMAGES: integer(1, 4).default(4).meta({ example: '4' }),
  MEMBER_CREDITS_PER_DAY: cap.default(40).meta({ example: '40' }),
  GUILD_CREDITS_PER_DAY: cap.default(400).meta({ example: '400' }),
  BOT_CREDITS_PER_DAY: cap.default(4000).meta({ example: '4000' }),
  CONTENT_REFUSALS_PER_DAY: integer(1, 10).default(3).meta({ example: '3' }),
  MEMBER_CONCURRENT: integer(1, 100).default(1).meta({ example: '1' }),
  MEMBER_QUEUE: integer(0, 1000).default(3).meta({ example: '3' }),
  GUILD_CONCURRENT: integer(1, 100).default(2).meta({ example: '2' }),
  GUILD_QUEUE: integer(0, 10_000).default(20).meta({ example: '20' }),
  DELIVERIES: integer(1, 100).default(6).meta({ example: '6' }),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must begin with file: or postgres://')
    .default('file:data/easel.db')
    .meta({ example: 'file:data/easel.db' }),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+$/, 'must begin with redis:// or rediss://')
    .nullable()
    .default(null)
    .meta({ example: 'redis://127.0.0.1:6379' }),
  PICTURES_FOLDER: z.string().default('data/pictures').meta({ example: 'data/pictures' }),
  PICTURES_MAX_MB: integer(64, 10_000_000).default(2048).meta({ example: '2048' }),
  PICTURE_DAYS: integer(1, 365).default(7).meta({ example: '7' }),
  RETENTION_DAYS: integer(1, 3650).default(90).meta({ example: '90' }),
  HTTP_PORT: integer(0, 65_535).nullable().default(null).meta({ example: '9464' }),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal')
    .default('info')
    .meta({ example: 'info' }),
});

/** The configuration of one bot, checked. Times and sizes are in the units that the settings' names say. */
export interface Config extends z.output<typeof settings> {
  readonly caps: Caps;
}

/** What is wrong with the environment: every mistake at once, each with the setting's name and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`The settings are not right:\n${mistakes.map((line) => `  ${line}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/**
 * Reads the settings from an environment. A blank value counts as absent; names that are no
 * settings are left alone.
 *
 * @throws {ConfigError} naming every mistake
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const name of Object.keys(settings.shape)) {
    const value = environment[name]?.trim();
    if (value) given[name] = value;
  }
  const parsed = settings.safeParse(given);
  const mistakes = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!mistakes.has(name)) mistakes.set(name, name in given ? issue.message : 'is missing');
  }
  for (const [name, what] of mistakesAcross(given))
    if (!mistakes.has(name)) mistakes.set(name, what);
  if (!parsed.success || mistakes.size > 0)
    throw new ConfigError(
      [...mistakes].map(([name, what]) => `${name} ${what}. ${exampleOf(name)}`),
    );
  const values = parsed.data;
  return {
    ...values,
    caps: {
      member: values.MEMBER_CREDITS_PER_DAY,
      guild: values.GUILD_CREDITS_PER_DAY,
      bot: values.BOT_CREDITS_PER_DAY,
    },
  };
}

function exampleOf(name: string): string {
  const shape: Readonly<Record<string, z.ZodType>> = settings.shape;
  const example = shape[name]?.meta()?.['example'];
  return typeof example === 'string' ? `Example: ${name}=${example}` : '';
}
