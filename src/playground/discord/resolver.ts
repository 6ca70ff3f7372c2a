import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { Core } from './core.ts';
import { permissionsIn } from './permissions.ts';
import { memberFields, partialChannelPayload, rolePayload, userPayload } from './payloads.ts';
import type { Json } from './payloads.ts';
import { ClientRefused, ServerRefused } from './person.ts';
import type { GivenFile } from './person.ts';
import { sizeLimitOf } from './size-limit.ts';
import type { Guild, User } from './world.ts';

/** Turns names into ids and collects what Discord sends along about them. */
export interface Resolver {
  /**
   * The value to send for an option of this type; a file is uploaded.
   *
   * @throws {ClientRefused} when there is nobody of that name, or the file is too large
   * @throws {ServerRefused} when the file is too large, sent all the same
   */
  resolve(
    type: Type,
    value: string | number | boolean | GivenFile,
    how: {
      /** Whatever cannot be found is sent as it is. */
      readonly raw: boolean;
      /** Only channels of these types are offered; all unless given. */
      readonly channelTypes?: readonly number[];
    },
  ): unknown;
  /** `resolved` of an interaction; `undefined` when nothing was named. */
  resolved(): Json | undefined;
}

/** @param by whose permissions in a named channel are told along */
export function createResolver(core: Core, guild: Guild | undefined, by: User): Resolver {
  const found: Record<string, Record<string, unknown>> = {};
  const { world, files } = core;
  const note = (kind: string, id: string, value: unknown): string => {
    found[kind] = { ...found[kind], [id]: value };
    return id;
  };

  const user = (nameOrId: string): string | undefined => {
    const name = nameOrId.replace(/^@/, '');
    const fits = (candidate: User): boolean => candidate.id === name || candidate.name === name;
    const member = [...(guild?.members.values() ?? [])].find((each) => fits(each.user));
    // Whoever is no member (any more) can still be named, and comes without a member.
    const person = member?.user ?? [...world.users.values()].find(fits);
    if (person === undefined) return undefined;
    if (member !== undefined && guild !== undefined)
      note('members', person.id, {
        ...memberFields(member),
        permissions: permissionsIn(guild, person.id).toString(),
      });
    return note('users', person.id, userPayload(person));
  };
  const role = (nameOrId: string): string | undefined => {
    const names = [nameOrId, nameOrId.replace(/^@/, '')];
    const it = [...(guild?.roles.values() ?? [])].find(
      (candidate) => names.includes(candidate.id) || names.includes(candidate.name),
    );
    return it === undefined ? undefined : note('roles', it.id, rolePayload(it, world));
  };
  const channel = (nameOrId: string, types?: readonly number[]): string | undefined => {
    const name = nameOrId.replace(/^#/, '');
    const it = [...(guild?.channels.values() ?? [])].find(
      (candidate) => candidate.id === name || candidate.name === name,
    );
    if (it === undefined || guild === undefined) return undefined;
    if (types?.includes(it.type) === false) return undefined;
    return note('channels', it.id, {
      ...partialChannelPayload(it),
      permissions: permissionsIn(guild, by.id, it).toString(),
      app_permissions: permissionsIn(guild, world.bot.id, it).toString(),
    });
  };
  const file = ({ filename, bytes, contentType }: GivenFile, raw: boolean): string => {
    const limit = sizeLimitOf(guild);
    if (bytes.length > limit) {
      const why = `${filename} has ${bytes.length} bytes; ${limit} may be uploaded here`;
      throw raw ? new ServerRefused(why) : new ClientRefused(why);
    }
    const stored = files.add({
      filename,
      bytes,
      contentType,
      folder: `ephemeral-attachments/${world.bot.id}`,
    });
    return note('attachments', stored.id, {
      ...files.attachment(stored),
      ...(contentType === undefined ? {} : { content_type: contentType }),
      ephemeral: true,
    });
  };

  const byType: Partial<
    Record<Type, (value: string, channelTypes?: readonly number[]) => string | undefined>
  > = {
    [Type.User]: user,
    [Type.Role]: role,
    [Type.Channel]: channel,
    [Type.Mentionable]: (value) => user(value) ?? role(value),
  };

  return {
    resolve(type, value, { raw, channelTypes }) {
      if (typeof value === 'object') return file(value, raw);
      if (typeof value !== 'string') return value;
      const lookUp = byType[type];
      const id = lookUp === undefined ? value : lookUp(value, raw ? undefined : channelTypes);
      if (id !== undefined) return id;
      if (raw) return value;
      throw new ClientRefused(`there is nobody and nothing called "${value}" here`);
    },
    resolved: () => (Object.keys(found).length === 0 ? undefined : found),
  };
}
