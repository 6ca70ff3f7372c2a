import { ChannelType } from 'discord-api-types/v10';
import type { Core } from './core.ts';
import type { GuildControl } from './control.ts';
import { channelPayload, guildPayload, hearsOf, memberPayload, rolePayload } from './payloads.ts';
import { permissionBits, permissionsIn } from './permissions.ts';
import type { Person } from './person.ts';
import { isTextBased, isThread } from './world.ts';
import type { Channel, Guild, Member, Role, User } from './world.ts';

const guildsIntent = 1;

/** Changes a guild and tells the bot, as Discord does for bots with the Guilds intent. */
export function createGuildControl(
  core: Core,
  guild: Guild,
  person: (name: string) => Person,
  userOf: (name: string) => User | undefined,
): GuildControl {
  const { world } = core;
  const tell = (t: string, d: unknown): void =>
    core.dispatch({ t, d: () => d, guildId: guild.id, intent: guildsIntent });

  const channelOf = (nameOrId: string): Channel => {
    const name = nameOrId.replace(/^#/, '');
    return need(
      [...guild.channels.values()].find((each) => each.id === name || each.name === name),
      `channel ${nameOrId}`,
    );
  };
  const roleOf = (nameOrId: string): Role => {
    if (nameOrId === 'bot') return need(guild.roles.get(guild.botRoleId), 'role of the bot');
    return need(
      [...guild.roles.values()].find((each) => each.id === nameOrId || each.name === nameOrId),
      `role ${nameOrId}`,
    );
  };
  const memberOf = (nameOrId: string): Member => need(findMember(nameOrId), `member ${nameOrId}`);
  const findMember = (nameOrId: string): Member | undefined =>
    nameOrId === 'bot'
      ? guild.members.get(world.bot.id)
      : [...guild.members.values()].find(
          ({ user }) => user.id === nameOrId || user.name === nameOrId,
        );
  const need = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`${guild.name} has no ${what}`);
    return found;
  };
  const tellMember = (member: Member): void => {
    // Without the members intent a bot hears of itself only.
    if (member.user !== world.bot) return;
    tell('GUILD_MEMBER_UPDATE', { ...memberPayload(member), guild_id: guild.id });
  };

  return {
    id: guild.id,
    name: guild.name,
    settings: liveSettings(guild, () => tell('GUILD_UPDATE', guildPayload(guild, world))),
    get channels() {
      return [...guild.channels.values()].map(({ name }) => name);
    },
    get members() {
      return [...guild.members.values()].map(({ user }) => user.name);
    },
    get roles() {
      return [...guild.roles.values()].map(({ name }) => name);
    },
    channelId: (nameOrId) => channelOf(nameOrId).id,
    roleId: (nameOrId) => roleOf(nameOrId).id,
    addChannel({ name, type = ChannelType.GuildText, parent, ageRestricted = false }) {
      const channel = world.addChannel(guild, {
        name,
        type,
        ageRestricted,
        ...(parent === undefined ? {} : { parent: channelOf(parent) }),
      });
      if (isThread(channel) && channel.parent === undefined)
        throw new Error(`the thread ${name} needs a parent`);
      if (!isThread(channel)) tell('CHANNEL_CREATE', channelPayload(channel));
      else if (hearsOf(guild, world.bot, channel))
        tell('THREAD_CREATE', { ...channelPayload(channel), newly_created: true });
      return channel.id;
    },
    addRole(name, permissions = []) {
      const role = world.addRole(guild, { name, permissions: permissionBits(permissions) });
      tell('GUILD_ROLE_CREATE', { guild_id: guild.id, role: rolePayload(role, world) });
      return role.id;
    },
    addMember(name, roles = []) {
      const user = userOf(name) ?? world.addUser(name);
      world.addMember(
        guild,
        user,
        roles.map((role) => roleOf(role).id),
      );
      return person(name);
    },
    addBot(name) {
      const user = world.addUser(name, true);
      world.addMember(guild, user);
      return user.id;
    },
    removeMember(name) {
      guild.members.delete(memberOf(name).user.id);
    },
    setRoles(name, roles) {
      const member = memberOf(name);
      member.roles = roles.map((role) => roleOf(role).id);
      tellMember(member);
    },
    deleteRole(name) {
      const { id } = roleOf(name);
      guild.roles.delete(id);
      for (const member of guild.members.values())
        member.roles = member.roles.filter((role) => role !== id);
      for (const { overwrites } of guild.channels.values()) overwrites.delete(id);
      for (const access of guild.commandAccess.values()) access.delete(id);
      tell('GUILD_ROLE_DELETE', { guild_id: guild.id, role_id: id });
    },
    setPermissions(name, permissions) {
      const role = roleOf(name);
      role.permissions = permissionBits(permissions);
      tell('GUILD_ROLE_UPDATE', { guild_id: guild.id, role: rolePayload(role, world) });
    },
    setOverwrite(channelName, who, { allow = [], deny = [] }) {
      const channel = channelOf(channelName);
      if (isThread(channel)) throw new Error('a thread has the overwrites of its channel');
      const member = findMember(who);
      const id = member?.user.id ?? roleOf(who).id;
      channel.overwrites.set(id, {
        id,
        kind: member === undefined ? 'role' : 'member',
        allow: permissionBits(allow),
        deny: permissionBits(deny),
      });
      tell('CHANNEL_UPDATE', channelPayload(channel));
    },
    setCommandAccess(command, who, allowed) {
      const id = findMember(who)?.user.id ?? roleOf(who).id;
      const access = guild.commandAccess.get(command) ?? new Map<string, boolean>();
      if (allowed === null) access.delete(id);
      else access.set(id, allowed);
      guild.commandAccess.set(command, access);
    },
    permissions: (who, channel) => permissionsIn(guild, memberOf(who).user.id, channelOf(channel)),
    setAgeRestricted(channelName, ageRestricted) {
      const channel = channelOf(channelName);
      if (!isTextBased(channel)) throw new Error(`nobody writes in ${channel.name}`);
      if (isThread(channel)) throw new Error('a thread is age-restricted as its channel is');
      channel.ageRestricted = ageRestricted;
      tell('CHANNEL_UPDATE', channelPayload(channel));
    },
    deleteChannel(nameOrId) {
      const channel = channelOf(nameOrId);
      const gone = [...guild.channels.values()].filter(
        (each) => each === channel || (isThread(each) && each.parent === channel),
      );
      for (const each of gone) guild.channels.delete(each.id);
      tell(isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channelPayload(channel));
    },
    removeBot() {
      guild.members.delete(world.bot.id);
      tell('GUILD_DELETE', { id: guild.id });
    },
  };
}

/** The settings, of which a change of the locale is told to the bot. */
function liveSettings({ settings }: Guild, onChange: () => void): Guild['settings'] {
  return {
    get attachmentSizeLimit() {
      return settings.attachmentSizeLimit;
    },
    set attachmentSizeLimit(bytes) {
      settings.attachmentSizeLimit = bytes;
    },
    get forbiddenWords() {
      return settings.forbiddenWords;
    },
    set forbiddenWords(words) {
      settings.forbiddenWords = words;
    },
    get locale() {
      return settings.locale;
    },
    set locale(locale) {
      settings.locale = locale;
      onChange();
    },
  };
}
