import { permissionsIn } from './permissions.ts';
import type { Core } from './core.ts';
import type { Interaction } from './interaction.ts';
import { messagePayload, integrationOwners } from './message-payload.ts';
import { channelPermissions } from './message-store.ts';
import { memberPayload, partialChannelPayload, userPayload } from './payloads.ts';
import type { Json } from './payloads.ts';
import { sizeLimitOf } from './size-limit.ts';

/**
 * INTERACTION_CREATE. discord.js reads the channel from `channel.id`.
 * Source: interactions/receiving-and-responding, "Interaction Object".
 */
export function interactionPayload(core: Core, interaction: Interaction, data: Json): Json {
  const { world, messages, files } = core;
  const { user, channel, sourceId } = interaction;
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  const source = sourceId === undefined ? undefined : messages.get(sourceId);
  const permissions = channelPermissions(user, channel);
  return {
    id: interaction.id,
    application_id: world.bot.id,
    type: interaction.type,
    data,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...partialChannelPayload(channel), permissions: permissions.toString() },
    app_permissions: channelPermissions(world.bot, channel).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: integrationOwners(interaction),
    context: guild === undefined ? 1 : 0,
    attachment_size_limit: sizeLimitOf(guild),
    ...(source === undefined ? {} : { message: messagePayload(source, world, files) }),
    ...(guild === undefined
      ? { user: userPayload(user) }
      : {
          guild_id: guild.id,
          guild_locale: guild.settings.locale,
          guild: { id: guild.id, locale: guild.settings.locale, features: [] },
          member:
            member === undefined
              ? { user: userPayload(user), roles: [], permissions: '0' }
              : {
                  ...memberPayload(member),
                  permissions: permissionsIn(guild, user.id, channel).toString(),
                },
        }),
  };
}
