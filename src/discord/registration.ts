import { Routes } from 'discord.js';
import type { REST, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { problemOf } from './problem.ts';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/**
 * Brings Discord's list of commands up to date, globally or (while developing) for one guild. Writes
 * only where Discord's own list differs, since creations are counted (200 a day).
 *
 * @throws {StartError} where the guild is not one in which the bot may register commands
 */
export async function registerCommands(options: RegistrationOptions): Promise<void> {
  const { rest, applicationId, guildId, definitions, log } = options;
  const everywhere = Routes.applicationCommands(applicationId);
  await bring(rest, everywhere, guildId === null ? definitions : [], globalFields, log);
  if (guildId === null) return;
  try {
    const route = Routes.applicationGuildCommands(applicationId, guildId);
    await bring(rest, route, definitions, fields, log);
  } catch (error) {
    if (problemOf(error) !== 'no-access') throw error;
    throw new StartError(
      'DISCORD_GUILD_ID: the bot is not on that server, or may not register commands there. ' +
        'Check the id, and invite the bot with the scope applications.commands.',
      { cause: error },
    );
  }
}

/**
 * Removes the copies that an earlier DISCORD_GUILD_ID left in guilds, so that no command is shown twice.
 * One request a guild, and nobody waits for it; what a guild refuses is only logged.
 */
export async function removeGuildCopies(
  options: RegistrationOptions & { readonly guildIds: readonly string[] },
): Promise<void> {
  const { rest, applicationId, guildIds, log } = options;
  for (const id of guildIds)
    try {
      await bring(rest, Routes.applicationGuildCommands(applicationId, id), [], fields, log);
    } catch (error) {
      log.warn({ err: error, guild: id }, 'a guild did not say which commands it has');
    }
}

export interface RegistrationOptions {
  readonly rest: REST;
  readonly applicationId: string;
  /** `null`: everywhere. */
  readonly guildId: string | null;
  readonly definitions: readonly Definition[];
  readonly log: Log;
}

async function bring(
  rest: REST,
  route: `/${string}`,
  wanted: readonly Definition[],
  deciding: readonly string[],
  log: Log,
): Promise<void> {
  if (comparable(await rest.get(route), deciding) === comparable(wanted, deciding)) return;
  await rest.put(route, { body: wanted });
  log.info({ route, commands: wanted.map(({ name }) => name) }, 'registered commands');
}

/** Fields that decide how a command works. Discord adds ids, versions and defaults of its own. */
const fields = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'required',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'choices',
  'autocomplete',
  'channel_types',
  'value',
  'options',
  'default_member_permissions',
  'nsfw',
];

/** Where a command is offered is a matter of global ones only; what Discord says of it for others is its own. */
const globalFields = [...fields, 'contexts', 'integration_types'];

/** Lists of commands that work the same give the same text; their order does not count. */
function comparable(commands: unknown, deciding: readonly string[]): string {
  return Array.isArray(commands)
    ? commands
        .map((command) => JSON.stringify(normalise(command, deciding)))
        .toSorted()
        .join()
    : '';
}

/** Lists of places, which Discord orders in its own way. */
const unordered = new Set(['contexts', 'integration_types', 'channel_types']);

/** The deciding fields in one order, without what equals its default: a menu's description is the empty text. */
function normalise(value: unknown, deciding: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => normalise(each, deciding));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const field of deciding) {
    const found: unknown = Reflect.get(value, field);
    const isDefault =
      found === undefined ||
      found === null ||
      found === false ||
      found === '' ||
      (Array.isArray(found) && found.length === 0);
    if (isDefault) continue;
    kept[field] =
      unordered.has(field) && Array.isArray(found)
        ? found.map(String).toSorted()
        : normalise(found, deciding);
  }
  return kept;
}
