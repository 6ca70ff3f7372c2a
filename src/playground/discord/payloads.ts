import { ChannelType } from 'discord-api-types/v10';
import type { APIGuildMember, APIRole, APIUser } from 'discord-api-types/v10';
import { has, permissionsIn } from './permissions.ts';
import { snowflakeTime } from './snowflake.ts';
import { isThread } from './world.ts';
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

/** An object as it goes over the wire, for parts whose exact type nobody reads. */
export type Json = Record<string, unknown>;

/** Bit fields are enums in Discord's types; here they are numbers. */
type Flagged<T> = Omit<T, 'flags'> & { readonly flags: number };

export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

/** Source: resources/user, "User Object". */
export function userPayload(user: User): APIUser {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** Source: resources/guild, "Guild Member Object". */
export function memberPayload(member: Member): Flagged<APIGuildMember> {
  return {
    ...memberFields(member),
    user: userPayload(member.user),
  };
}

/** A member without its user, as `resolved` and messages have it. */
export function memberFields(member: Member): Flagged<Omit<APIGuildMember, 'user'>> {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: isoTime(snowflakeTime(member.user.id)),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

/** Source: topics/permissions, "Role Object". */
export function rolePayload(role: Role, world: World): Flagged<APIRole> {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: role.managed,
    mentionable: false,
    flags: 0,
    ...(role.managed ? { tags: { bot_id: world.bot.id } } : {}),
  };
}

/** Source: resources/channel, "Channel Object". */
export function channelPayload(channel: Channel): Json {
  const base = {
    id: channel.id,
    type: channel.type,
    last_message_id: null,
    flags: 0,
  };
  if (channel.recipient !== undefined)
    return { ...base, recipients: [userPayload(channel.recipient)] };
  const inGuild = { ...base, guild_id: channel.guild?.id, name: channel.name };
  if (isThread(channel))
    return {
      ...inGuild,
      parent_id: channel.parent?.id ?? null,
      owner_id: channel.guild?.owner.id,
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: false,
        auto_archive_duration: 1440,
        archive_timestamp: isoTime(snowflakeTime(channel.id)),
        locked: false,
        create_timestamp: isoTime(snowflakeTime(channel.id)),
      },
    };
  return {
    ...inGuild,
    position: 0,
    parent_id: channel.parent?.id ?? null,
    topic: null,
    nsfw: channel.ageRestricted,
    rate_limit_per_user: 0,
    permission_overwrites: [...channel.overwrites.values()].map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.kind === 'role' ? 0 : 1,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
  };
}

/**
 * A channel as interactions carry it, without its overwrites.
 * Source: interactions/receiving-and-responding, "Resolved Data Structure".
 */
export function partialChannelPayload(channel: Channel): Json {
  const { permission_overwrites: _, ...partial } = channelPayload(channel);
  return partial;
}

/** The guild object of REST answers and updates. Source: resources/guild, "Guild Object". */
export function guildPayload(guild: Guild, world: World): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    owner_id: guild.owner.id,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: [...guild.roles.values()].map((role) => rolePayload(role, world)),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    max_members: 500_000,
    vanity_url_code: null,
    description: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.settings.locale,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    hub_type: null,
    incidents_data: null,
  };
}

/** Whether somebody is told of a thread: of a private one (which they are not in) those alone who manage threads. */
export function hearsOf(guild: Guild, user: User, thread: Channel): boolean {
  const permissions = permissionsIn(guild, user.id, thread);
  return has(
    permissions,
    thread.type === ChannelType.PrivateThread ? 'ManageThreads' : 'ViewChannel',
  );
}

/** GUILD_CREATE as a bot without privileged intents gets it: of the members only itself. */
export function guildCreatePayload(guild: Guild, world: World): Json {
  const channels = [...guild.channels.values()];
  const me = guild.members.get(world.bot.id);
  const threads = channels.filter(
    (channel) => isThread(channel) && hearsOf(guild, world.bot, channel),
  );
  return {
    ...guildPayload(guild, world),
    joined_at: isoTime(snowflakeTime(guild.id)),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: me === undefined ? [] : [memberPayload(me)],
    channels: channels.filter((channel) => !isThread(channel)).map(channelPayload),
    threads: threads.map(channelPayload),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Source: resources/application, "Application Object". */
export function applicationPayload(world: World): Json {
  return {
    id: world.bot.id,
    name: world.bot.name,
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot: userPayload(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    hook: true,
    team: null,
    owner: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    integration_types_config: { '0': {} },
    approximate_guild_count: world.guilds.size,
  };
}
