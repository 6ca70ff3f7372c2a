import { REST } from 'discord.js';
import type {
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerCommands, removeGuildCopies } from '../../src/discord/registration.ts';
import { createLog } from '../../src/log.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { Discord } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';
import { setStage } from '../e2e/stage.ts';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

const log = createLog({ level: 'fatal', secrets: [] });

const imagine: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: 1,
  name: 'imagine',
  description: 'Make pictures from a text',
  contexts: [0],
  integration_types: [0],
  options: [
    {
      type: 3,
      name: 'prompt',
      description: 'What',
      required: true,
      min_length: 3,
      max_length: 1024,
    },
    { type: 4, name: 'images', description: 'How many', min_value: 1, max_value: 4 },
    { type: 10, name: 'guidance', description: 'How closely', min_value: 1, max_value: 49.99 },
    { type: 5, name: 'private', description: 'Only you' },
  ],
};
const usage: Definition = {
  type: 1,
  name: 'usage',
  description: 'See what is left',
  contexts: [0],
  integration_types: [0],
};

const rules: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: 1,
  name: 'rules',
  description: 'Rules',
  contexts: [1, 0],
  integration_types: [0],
  default_member_permissions: '32',
  options: [
    {
      type: 2,
      name: 'word',
      description: 'Words',
      options: [
        {
          type: 1,
          name: 'remove',
          description: 'Removes one',
          options: [
            { type: 3, name: 'rule', description: 'Which', required: true, autocomplete: true },
            { type: 7, name: 'channel', description: 'Where', channel_types: [11, 0] },
          ],
        },
      ],
    },
  ],
};
const menu: Definition = {
  type: 3,
  name: 'Easel: moderate',
  contexts: [0],
  integration_types: [0],
  default_member_permissions: '1099511627776',
};

let discord: Discord;
let rest: REST;
beforeEach(async () => {
  discord = await startDiscord({ clock: createShiftedClock() });
  rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
});
afterEach(async () => {
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
  expect(discord.violations).toEqual([]);
  await discord.close();
});

/** Registers, and returns what was written: the last parts of the addresses. */
async function register(
  definitions: readonly Definition[],
  guild: string | null = null,
): Promise<string[]> {
  const before = discord.requests.length;
  const options = {
    rest,
    applicationId: discord.applicationId,
    guildId: guild === null ? null : discord.guild(guild).id,
    definitions,
    log,
  };
  await registerCommands(options);
  if (guild === null)
    await removeGuildCopies({ ...options, guildIds: discord.guilds.map(({ id }) => id) });
  return discord.requests
    .slice(before)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(/^\/applications\/\d+/, '')}`);
}

const names = (guild?: string): string[] => discord.commands(guild).map(({ name }) => name);

describe('registration', () => {
  it('writes all commands in one request, everywhere', async () => {
    expect(await register([imagine, usage])).toEqual(['PUT /commands']);
    expect(names()).toEqual(['imagine', 'usage']);
    expect(names('Playground')).toEqual([]);
    expect(discord.commands()[0]).toMatchObject(imagine);
  });

  it('writes nothing where nothing differs, whatever the order of the commands', async () => {
    await register([imagine, usage]);
    const [first] = discord.commands();
    expect(await register([imagine, usage])).toEqual([]);
    expect(await register([usage, imagine])).toEqual([]);
    expect(discord.commands()[0]).toEqual(first);
  });

  it('does not take Discord’s own defaults for differences', async () => {
    await register([imagine]);
    const { contexts: _, ...unsaid } = imagine;
    const explicit: Definition = { ...imagine, nsfw: false, default_member_permissions: null };
    const options = imagine.options?.map((option) => ({ required: false, ...option })) ?? [];
    const optional: Definition = { ...explicit, options };
    expect(await register([explicit])).toEqual([]);
    expect(await register([optional])).toEqual([]);
    expect(await register([unsaid])).toEqual(['PUT /commands']);
  });

  const [prompt, images, guidance, privately] = imagine.options ?? [];
  it.each([
    ['a description', { ...imagine, description: 'Paint' }],
    [
      'an option’s description',
      { ...imagine, options: [{ ...prompt, description: 'Which' }, images, guidance, privately] },
    ],
    [
      'a limit',
      { ...imagine, options: [{ ...prompt, max_length: 1000 }, images, guidance, privately] },
    ],
    [
      'the lower limit 0',
      { ...imagine, options: [prompt, { ...images, min_value: 0 }, guidance, privately] },
    ],
    ['the order of the options', { ...imagine, options: [prompt, guidance, images, privately] }],
    ['an option that is gone', { ...imagine, options: [prompt, images, guidance] }],
    [
      'what is required',
      { ...imagine, options: [{ ...prompt, required: false }, images, guidance, privately] },
    ],
    ['who may use it', { ...imagine, default_member_permissions: '32' }],
    ['where it is offered', { ...imagine, contexts: [0, 1] }],
    ['its age restriction', { ...imagine, nsfw: true }],
    [
      'choices',
      {
        ...imagine,
        options: [
          prompt,
          {
            type: 4,
            name: 'images',
            description: 'How many',
            choices: [{ name: 'one', value: 1 }],
          },
        ],
      },
    ],
  ])('writes again when %s differs', async (_, changed) => {
    await register([imagine, usage]);
    const definition = changed as Definition;
    expect(await register([definition, usage])).toEqual(['PUT /commands']);
    expect(discord.commands()[0]).toMatchObject(changed);
    expect(await register([definition, usage])).toEqual([]);
  });

  it('writes groups, typed options, rights and menus once, in whatever order Discord tells the places', async () => {
    expect(await register([rules, menu, imagine])).toEqual(['PUT /commands']);
    const [listed] = discord.commands();
    expect(listed).toMatchObject(rules);
    expect(await register([rules, menu, imagine])).toEqual([]);
    const told = discord
      .commands()
      .map((command) => (command.name === 'rules' ? { ...command, contexts: [0, 1] } : command));
    discord.faults.add({ method: 'GET', route: /commands$/, status: 200, body: told });
    expect(await register([rules, menu, imagine])).toEqual([]);
  });

  it.each([
    ['whether an option offers choices while it is typed', { autocomplete: false }],
    ['what is required in a group', { required: false }],
  ])('writes again when %s differs', async (_, changed) => {
    await register([rules, menu]);
    const changedRules: Definition = JSON.parse(JSON.stringify(rules), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'autocomplete' in value
        ? { ...value, ...changed }
        : value,
    ) as Definition;
    expect(await register([changedRules, menu])).toEqual(['PUT /commands']);
    expect(await register([changedRules, menu])).toEqual([]);
  });

  it('writes again when who may use a menu differs', async () => {
    await register([rules, menu]);
    expect(await register([rules, { ...menu, default_member_permissions: '0' }])).toEqual([
      'PUT /commands',
    ]);
  });

  it('is nothing to write about at a bot’s second start', async () => {
    const stage = await setStage();
    await stage.restart();
    const writes = stage.discord.requests.filter(
      ({ method, path }) => method !== 'GET' && path.endsWith('/commands'),
    );
    expect(writes.map(({ method }) => method)).toEqual(['PUT']);
    await stage.end();
  });

  it('removes a command that is no more, and keeps the ids of the others', async () => {
    await register([imagine, usage]);
    const id = discord.commands()[0]?.id;
    expect(await register([imagine])).toEqual(['PUT /commands']);
    expect(discord.commands().map((command) => command.id)).toEqual([id]);
  });

  it('for one guild removes the copy everywhere else, so that nobody sees a command twice', async () => {
    await register([imagine, usage]);
    const guildId = discord.guild('Playground').id;
    expect(await register([imagine, usage], 'Playground')).toEqual([
      'PUT /commands',
      `PUT /guilds/${guildId}/commands`,
    ]);
    expect([names(), names('Playground'), names('Elsewhere')]).toEqual([
      [],
      ['imagine', 'usage'],
      [],
    ]);
    expect(await register([imagine, usage], 'Playground')).toEqual([]);
  });

  it.each([
    ['leaves out where they are offered', {}],
    ['says that in its own way', { contexts: null, integration_types: [0, 1] }],
  ])('for one guild writes nothing again where Discord %s', async (_, said) => {
    await register([imagine], 'Playground');
    const listed = discord.commands('Playground').map((command) => {
      const { contexts: __, integration_types: ___, ...kept } = command;
      return { ...kept, ...said };
    });
    discord.faults.add({ method: 'GET', route: /guilds.+commands$/, status: 200, body: listed });
    expect(await register([imagine], 'Playground')).toEqual([]);
  });

  it('everywhere removes the copies of guilds, in every guild that the bot is in', async () => {
    await register([imagine, usage], 'Playground');
    const playground = discord.guild('Playground').id;
    expect(await register([imagine, usage])).toEqual([
      'PUT /commands',
      `PUT /guilds/${playground}/commands`,
    ]);
    expect([names(), names('Playground')]).toEqual([['imagine', 'usage'], []]);
    expect(await register([imagine, usage])).toEqual([]);
  });

  it('does not let one guild that refuses stop it', async () => {
    await register([imagine], 'Playground');
    const body = { code: 50001, message: 'Missing Access' };
    const first = discord.guilds[0]?.id ?? '';
    discord.faults.add({
      method: 'GET',
      route: new RegExp(`guilds/${first}/commands`),
      status: 403,
      body,
    });
    expect(await register([imagine])).toEqual(['PUT /commands']);
    expect(names()).toEqual(['imagine']);
  });

  it('says in a sentence that DISCORD_GUILD_ID is a server without the bot', async () => {
    const body = { code: 50001, message: 'Missing Access' };
    discord.faults.add({ method: 'GET', route: /guilds/, status: 403, body });
    await expect(register([imagine], 'Playground')).rejects.toThrow(
      /^DISCORD_GUILD_ID: the bot is not on that server/,
    );
  });
});
