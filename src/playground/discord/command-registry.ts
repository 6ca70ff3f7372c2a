import { ApplicationCommandType } from 'discord-api-types/v10';
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { apiError, invalidForm } from './api-error.ts';
import type { EventBus } from './event-bus.ts';
import { parseBody } from './message-body.ts';
import type { Snowflakes } from './snowflake.ts';

const body = z.looseObject({
  name: z.string().min(1).max(32),
  type: z.enum(ApplicationCommandType).optional(),
  description: z.string().optional(),
  options: z.array(z.looseObject({})).optional(),
});
const bodies = z.array(body);

type CommandBody = z.infer<typeof body>;

/** What the bot registered: globally (no guild) or for one guild. */
export interface CommandRegistry {
  list(guildId: string | undefined): readonly APIApplicationCommand[];
  get(guildId: string | undefined, id: string): APIApplicationCommand;
  /** Replaces all; those of the same name and type keep their id. */
  replace(guildId: string | undefined, json: unknown): readonly APIApplicationCommand[];
  /** Adds one, over one of the same name and type. `created` tells which. */
  upsert(
    guildId: string | undefined,
    json: unknown,
  ): { readonly command: APIApplicationCommand; readonly created: boolean };
  change(guildId: string | undefined, id: string, json: unknown): APIApplicationCommand;
  remove(guildId: string | undefined, id: string): void;
}

const dailyCreates = 200;
const dayMs = 86_400_000;

export function createCommandRegistry(parts: {
  readonly clock: Clock;
  readonly ids: Snowflakes;
  readonly applicationId: string;
  readonly events: EventBus;
}): CommandRegistry {
  const { clock, ids, applicationId, events } = parts;
  const scopes = new Map<string, APIApplicationCommand[]>();
  const creates = new Map<string, number[]>();

  const scope = (guildId: string | undefined): APIApplicationCommand[] =>
    scopes.get(guildId ?? '') ?? [];
  const save = (guildId: string | undefined, commands: APIApplicationCommand[]): void => {
    scopes.set(guildId ?? '', commands);
    events.emit({ type: 'commands-changed', guildId });
  };
  const same = (
    guildId: string | undefined,
    given: CommandBody,
  ): APIApplicationCommand | undefined =>
    scope(guildId).find(
      (command) =>
        command.name === given.name &&
        command.type === (given.type ?? ApplicationCommandType.ChatInput),
    );

  const countCreates = (guildId: string | undefined, count: number): void => {
    const key = guildId ?? '';
    const recent = (creates.get(key) ?? []).filter((at) => at > clock.now() - dayMs);
    if (recent.length + count > dailyCreates) throw apiError(30034);
    creates.set(key, [...recent, ...Array.from({ length: count }, () => clock.now())]);
  };

  const build = (
    guildId: string | undefined,
    given: Record<string, unknown>,
    id: string | undefined,
  ): APIApplicationCommand => {
    // The body's fields are Discord's own; the contract has checked them.
    const command = {
      type: ApplicationCommandType.ChatInput,
      description: '',
      name_localizations: null,
      description_localizations: null,
      default_member_permissions: null,
      nsfw: false,
      ...(guildId === undefined ? { contexts: null, integration_types: [0] } : {}),
      ...given,
      id: id ?? ids.next(),
      application_id: applicationId,
      version: ids.next(),
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    };
    return stored.parse(command);
  };

  const find = (guildId: string | undefined, id: string): APIApplicationCommand => {
    const command = scope(guildId).find((candidate) => candidate.id === id);
    if (command === undefined) throw apiError(10063);
    return command;
  };

  return {
    list: scope,
    get: find,
    replace(guildId, json) {
      const given = parseBody(bodies, json);
      const seen = new Set<string>();
      for (const [index, { name, type = ApplicationCommandType.ChatInput }] of given.entries()) {
        if (seen.has(`${type}:${name}`))
          throw invalidForm({
            path: `${index}.name`,
            code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
            message: 'Application command names must be unique',
          });
        seen.add(`${type}:${name}`);
      }
      countCreates(guildId, given.filter((command) => same(guildId, command) === undefined).length);
      const next = given.map((command) => build(guildId, command, same(guildId, command)?.id));
      save(guildId, next);
      return next;
    },
    upsert(guildId, json) {
      const given = parseBody(body, json);
      const old = same(guildId, given);
      if (old === undefined) countCreates(guildId, 1);
      const command = build(guildId, given, old?.id);
      save(guildId, [...scope(guildId).filter((other) => other !== old), command]);
      return { command, created: old === undefined };
    },
    change(guildId, id, json) {
      const old = find(guildId, id);
      const command = build(guildId, { ...old, ...parseBody(body.partial(), json) }, id);
      save(
        guildId,
        scope(guildId).map((other) => (other === old ? command : other)),
      );
      return command;
    },
    remove(guildId, id) {
      const old = find(guildId, id);
      save(
        guildId,
        scope(guildId).filter((other) => other !== old),
      );
    },
  };
}

const stored = z.custom<APIApplicationCommand>(
  (value) => typeof value === 'object' && value !== null && 'id' in value && 'name' in value,
);
