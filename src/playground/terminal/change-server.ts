import type { GuildControl } from '../discord/control.ts';
import type { TypedLine } from './typed-line.ts';

type Change = Extract<TypedLine, { readonly kind: 'roles' | 'drop' | 'access' | 'leave' }>;

/** Does what its people do to a server, and says what became of it. */
export function changeServer(guild: GuildControl, actor: string, line: Change): string {
  const roleOf = (name: string): string | undefined =>
    guild.roles.find((role) => role === name.replace(/^@/, ''));
  const roles = guild.roles.map((role) => `"${role}"`).join(', ');
  const strangeRole = `${guild.name} has the roles ${roles}.`;
  switch (line.kind) {
    case 'leave':
      if (guild.members.includes(actor)) guild.removeMember(actor);
      return `${actor} has left ${guild.name}.`;
    case 'drop': {
      const role = roleOf(line.role);
      if (role === undefined) return strangeRole;
      guild.deleteRole(role);
      return `The role ${role} is no more.`;
    }
    case 'roles': {
      const given = line.roles.map(roleOf);
      if (!guild.members.includes(line.person))
        return `There is no ${line.person} in ${guild.name}.`;
      if (given.includes(undefined)) return strangeRole;
      const known = given.filter((role) => role !== undefined);
      guild.setRoles(line.person, known);
      return `${line.person} has ${known.join(' and ') || 'no role'} now.`;
    }
    case 'access': {
      if ('channel' in line) return changeChannel(guild, line.channel, line.adultsOnly);
      const who = guild.members.find((name) => name === line.who) ?? roleOf(line.who);
      if (who === undefined) return `${strangeRole} There is no member ${line.who} either.`;
      guild.setCommandAccess(line.command, who, line.allowed);
      return `Discord ${line.allowed ? 'lets' : 'does not let'} ${who} use ${line.command} now.`;
    }
  }
}

function changeChannel(guild: GuildControl, channel: string, adultsOnly: boolean): string {
  try {
    guild.setAgeRestricted(channel, adultsOnly);
    return `#${channel} is ${adultsOnly ? 'age-restricted' : 'open to everybody'} now.`;
  } catch (error) {
    return `That cannot be done: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
