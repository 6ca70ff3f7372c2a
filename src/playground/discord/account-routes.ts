import { z } from 'zod';
import { apiError } from './api-error.ts';
import type { Core } from './core.ts';
import { parseBody } from './message-body.ts';
import {
  applicationPayload,
  channelPayload,
  guildPayload,
  memberPayload,
  rolePayload,
  userPayload,
} from './payloads.ts';
import type { Json } from './payloads.ts';
import { param } from './route.ts';
import type { Route } from './route.ts';
import type { Guild } from './world.ts';

const newDirect = z.looseObject({ recipient_id: z.string() });

/** The bot's account, the gateway's address, guilds and people. */
export function accountRoutes(core: Core, gatewayUrl: string): Route[] {
  const { world } = core;

  const guildOf = (params: Readonly<Record<string, string>>): Guild => {
    const guild = world.guilds.get(param(params, 'guild'));
    if (guild === undefined) throw apiError(10004);
    if (!guild.members.has(world.bot.id)) throw apiError(50001);
    return guild;
  };
  const get = (
    template: string,
    body: (params: Readonly<Record<string, string>>) => unknown,
  ): Route => ({
    method: 'GET',
    template,
    bot: true,
    handle: ({ params }) => ({ status: 200, body: body(params) }),
  });
  const gatewayBot = (): Json => ({
    url: gatewayUrl,
    shards: 1,
    session_start_limit: {
      total: 1000,
      remaining: 999,
      reset_after: 86_400_000,
      max_concurrency: 1,
    },
  });

  return [
    {
      method: 'GET',
      template: '/gateway',
      bot: false,
      handle: () => ({ status: 200, body: { url: gatewayUrl } }),
    },
    get('/gateway/bot', gatewayBot),
    get('/users/@me', () => ({
      ...userPayload(world.bot),
      verified: true,
      mfa_enabled: true,
      locale: 'en-US',
      email: null,
      flags: 0,
    })),
    get('/applications/@me', () => applicationPayload(world)),
    get('/oauth2/applications/@me', () => applicationPayload(world)),
    get('/users/@me/guilds', () =>
      [...world.guilds.values()]
        .filter((guild) => guild.members.has(world.bot.id))
        .map((guild) => ({ id: guild.id, name: guild.name, icon: null, owner: false })),
    ),
    get('/users/:user', (params) => {
      const user = world.users.get(param(params, 'user'));
      if (user === undefined) throw apiError(10013);
      return userPayload(user);
    }),
    get('/guilds/:guild', (params) => guildPayload(guildOf(params), world)),
    get('/guilds/:guild/channels', (params) =>
      [...guildOf(params).channels.values()].map(channelPayload),
    ),
    get('/guilds/:guild/roles', (params) =>
      [...guildOf(params).roles.values()].map((role) => rolePayload(role, world)),
    ),
    get('/guilds/:guild/members/:user', (params) => {
      const member = guildOf(params).members.get(param(params, 'user'));
      if (member === undefined) throw apiError(10013);
      return memberPayload(member);
    }),
    {
      method: 'POST',
      template: '/users/@me/channels',
      bot: true,
      handle: ({ json }) => {
        const user = world.users.get(parseBody(newDirect, json).recipient_id);
        if (user === undefined || user.bot) throw apiError(10013);
        return { status: 200, body: channelPayload(world.direct(user)) };
      },
    },
  ];
}
