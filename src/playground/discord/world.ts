import { ChannelType } from 'discord-api-types/v10';
import type { GuildSettings } from './control.ts';
import type { Snowflakes } from './snowflake.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  locale: string;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  /** Of the bot: such a role cannot be given to others. */
  readonly managed: boolean;
  permissions: bigint;
}

export interface Overwrite {
  readonly id: string;
  readonly kind: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  /** `undefined` for direct messages. */
  readonly guild: Guild | undefined;
  /** The category of a channel, the channel of a thread. */
  readonly parent: Channel | undefined;
  /** Of its own; a thread goes by its channel, see {@link isAgeRestricted}. */
  ageRestricted: boolean;
  /** The person of a direct message. */
  readonly recipient: User | undefined;
  readonly overwrites: Map<string, Overwrite>;
}

export interface Member {
  readonly user: User;
  roles: readonly string[];
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly settings: GuildSettings;
  readonly roles: Map<string, Role>;
  readonly channels: Map<string, Channel>;
  readonly members: Map<string, Member>;
  /** By the command's name: whom Discord's own permissions of commands let use it or not, by user or role. */
  readonly commandAccess: Map<string, Map<string, boolean>>;
  botRoleId: string;
}

/** Everything that exists besides messages and interactions. */
export interface World {
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  /** Direct messages, by the person's id. */
  readonly directs: Map<string, Channel>;
  channel(id: string): Channel | undefined;
  addUser(name: string, bot?: boolean): User;
  addGuild(name: string, owner: User, settings?: Partial<GuildSettings>): Guild;
  addRole(guild: Guild, role: { name: string; permissions: bigint; managed?: boolean }): Role;
  addChannel(
    guild: Guild,
    channel: { name: string; type: ChannelType; parent?: Channel; ageRestricted?: boolean },
  ): Channel;
  addMember(guild: Guild, user: User, roles?: readonly string[]): Member;
  /** The direct messages of the bot with somebody, opened when they are not yet. */
  direct(user: User): Channel;
}

export interface WorldOptions {
  readonly ids: Snowflakes;
  /** What @everyone may do in a new guild. */
  readonly everyone: bigint;
  /** What the bot is invited with. */
  readonly botPermissions: bigint;
}

const defaultSizeLimit = 10 * 1024 * 1024;

export function createWorld({ ids, everyone, botPermissions }: WorldOptions): World {
  const users = new Map<string, User>();
  const guilds = new Map<string, Guild>();
  const directs = new Map<string, Channel>();

  const addUser = (name: string, bot = false): User => {
    const user: User = { id: ids.old(), name, bot, locale: 'en-US' };
    users.set(user.id, user);
    return user;
  };
  const bot = addUser('Easel', true);

  const world: World = {
    bot,
    users,
    guilds,
    directs,
    channel(id) {
      for (const guild of guilds.values()) {
        const channel = guild.channels.get(id);
        if (channel !== undefined) return channel;
      }
      return [...directs.values()].find((channel) => channel.id === id);
    },
    addUser,
    addGuild(name, owner, settings = {}) {
      const id = ids.old();
      const guild: Guild = {
        id,
        name,
        owner,
        settings: {
          attachmentSizeLimit: defaultSizeLimit,
          forbiddenWords: [],
          locale: 'en-US',
          ...settings,
        },
        // The role @everyone has the guild's own id.
        roles: new Map([
          [id, { id, name: '@everyone', position: 0, managed: false, permissions: everyone }],
        ]),
        channels: new Map(),
        members: new Map(),
        commandAccess: new Map(),
        botRoleId: id,
      };
      guilds.set(id, guild);
      world.addMember(guild, owner);
      const role = world.addRole(guild, {
        name: bot.name,
        permissions: botPermissions,
        managed: true,
      });
      guild.botRoleId = role.id;
      world.addMember(guild, bot, [role.id]);
      return guild;
    },
    addRole(guild, { name, permissions, managed = false }) {
      const role: Role = {
        id: ids.old(),
        name,
        position: guild.roles.size,
        managed,
        permissions,
      };
      guild.roles.set(role.id, role);
      return role;
    },
    addChannel(guild, { name, type, parent, ageRestricted = false }) {
      const channel: Channel = {
        id: ids.old(),
        name,
        type,
        guild,
        parent,
        ageRestricted,
        recipient: undefined,
        overwrites: new Map(),
      };
      guild.channels.set(channel.id, channel);
      return channel;
    },
    addMember(guild, user, roles = []) {
      const member: Member = { user, roles };
      guild.members.set(user.id, member);
      return member;
    },
    direct(user) {
      const known = directs.get(user.id);
      if (known !== undefined) return known;
      const channel: Channel = {
        id: ids.next(),
        name: user.name,
        type: ChannelType.DM,
        guild: undefined,
        parent: undefined,
        ageRestricted: false,
        recipient: user,
        overwrites: new Map(),
      };
      directs.set(user.id, channel);
      return channel;
    },
  };
  return world;
}

export function isThread(channel: Channel): boolean {
  return (
    channel.type === ChannelType.PublicThread ||
    channel.type === ChannelType.PrivateThread ||
    channel.type === ChannelType.AnnouncementThread
  );
}

/** Whether messages can stand in it. */
export function isTextBased(channel: Channel): boolean {
  return (
    isThread(channel) ||
    channel.type === ChannelType.GuildText ||
    channel.type === ChannelType.GuildAnnouncement ||
    channel.type === ChannelType.DM
  );
}

/** A thread is age-restricted as its channel is. */
export function isAgeRestricted(channel: Channel): boolean {
  return channel.ageRestricted || (isThread(channel) && channel.parent?.ageRestricted === true);
}
