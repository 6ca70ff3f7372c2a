import { Routes } from 'discord.js';
import type { REST, RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { Log } from '../log.ts';

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * Brings Discord's list of commands up to date, globally or (while developing) for one guild, and
 * removes the copy in the other place, so that no command is shown twice. Writes only where Discord's
 * own list differs, since creations are counted (200 a day).
 */
export async function registerCommands(options: {
  readonly rest: REST;
  readonly applicationId: string;
  /** `null`: everywhere. */
  readonly guildId: string | null;
  /** Guilds that the bot is in; where another guild's copy may be left over. */
  readonly guildIds: readonly string[];
  readonly definitions: readonly Definition[];
  readonly log: Log;
}): Promise<void> {
  const { rest, applicationId, guildId, definitions, log } = options;
  const everywhere = Routes.applicationCommands(applicationId);
  await bring(rest, everywhere, guildId === null ? definitions : [], log);
  for (const id of guildId === null ? options.guildIds : [guildId])
    await bring(
      rest,
      Routes.applicationGuildCommands(applicationId, id),
      guildId === null ? [] : definitions,
      log,
    );
}

async function bring(
  rest: REST,
  route: `/${string}`,
  wanted: readonly Definition[],
  log: Log,
): Promise<void> {
  if (comparable(await rest.get(route)) === comparable(wanted)) return;
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
  'contexts',
  'integration_types',
  'nsfw',
];

/** Lists of commands that work the same give the same text; their order does not count. */
function comparable(commands: unknown): string {
  return Array.isArray(commands)
    ? commands
        .map((command) => JSON.stringify(normalise(command)))
        .toSorted()
        .join()
    : '';
}

/** The deciding fields in one order, without what equals its default. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const field of fields) {
    const found: unknown = Reflect.get(value, field);
    const isDefault =
      found === undefined ||
      found === null ||
      found === false ||
      (Array.isArray(found) && found.length === 0);
    if (!isDefault) kept[field] = normalise(found);
  }
  return kept;
}
