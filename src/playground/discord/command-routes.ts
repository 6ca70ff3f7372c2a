import type { APIApplicationCommand } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import type { Core } from './core.ts';
import { param } from './route.ts';
import type { Call, Route } from './route.ts';

/** Registration of commands, global and for a guild. Source: interactions/application-commands. */
export function commandRoutes(core: Core): Route[] {
  const { commands, world } = core;

  const guildId = ({ params }: Call): string | undefined => {
    if (param(params, 'application') !== world.bot.id) throw apiError(50001);
    const { guild } = params;
    if (guild === undefined) return undefined;
    if (world.guilds.get(guild)?.members.has(world.bot.id) !== true) throw apiError(50001);
    return guild;
  };

  const inScope = (
    prefix: string,
    operation: 'bulk-global-commands' | 'bulk-guild-commands',
  ): Route[] => [
    {
      method: 'GET',
      template: prefix,
      bot: true,
      handle: (call) => ({
        status: 200,
        body: commands
          .list(guildId(call))
          .map((command) =>
            call.query.get('with_localizations') === 'true' ? command : unlocalized(command),
          ),
      }),
    },
    {
      method: 'PUT',
      template: prefix,
      bot: true,
      operation,
      handle: (call) => ({ status: 200, body: commands.replace(guildId(call), call.json) }),
    },
    {
      method: 'POST',
      template: prefix,
      bot: true,
      handle: (call) => {
        const { command, created } = commands.upsert(guildId(call), call.json);
        return { status: created ? 201 : 200, body: command };
      },
    },
    {
      method: 'GET',
      template: `${prefix}/:command`,
      bot: true,
      handle: (call) => ({
        status: 200,
        body: commands.get(guildId(call), param(call.params, 'command')),
      }),
    },
    {
      method: 'PATCH',
      template: `${prefix}/:command`,
      bot: true,
      handle: (call) => ({
        status: 200,
        body: commands.change(guildId(call), param(call.params, 'command'), call.json),
      }),
    },
    {
      method: 'DELETE',
      template: `${prefix}/:command`,
      bot: true,
      handle: (call) => {
        commands.remove(guildId(call), param(call.params, 'command'));
        return { status: 204 };
      },
    },
  ];

  return [
    ...inScope('/applications/:application/commands', 'bulk-global-commands'),
    ...inScope('/applications/:application/guilds/:guild/commands', 'bulk-guild-commands'),
  ];
}

/** Discord leaves the dictionaries out unless it is asked for them. */
function unlocalized(command: APIApplicationCommand): Partial<APIApplicationCommand> {
  const { name_localizations: _names, description_localizations: _texts, ...rest } = command;
  return rest;
}
