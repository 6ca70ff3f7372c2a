import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accountRoutes } from './account-routes.ts';
import { createPerson } from './acting-person.ts';
import { createBoard } from './board.ts';
import { callbackRoute } from './callback-route.ts';
import { channelRoutes } from './channel-routes.ts';
import { createCommandRegistry } from './command-registry.ts';
import { commandRoutes } from './command-routes.ts';
import { createContract } from './contract/contract.ts';
import type { Violation } from './contract/contract.ts';
import type { Discord, DiscordOptions } from './control.ts';
import type { Core } from './core.ts';
import type { RequestRecord } from './event.ts';
import { createEventBus } from './event-bus.ts';
import { createFaultList } from './fault-list.ts';
import { createFileStore } from './file-store.ts';
import type { FileStore } from './file-store.ts';
import { createGateway } from './gateway.ts';
import type { Gateway } from './gateway.ts';
import { createGuildControl } from './guild-control.ts';
import { createInteractionBook } from './interaction-book.ts';
import { createMessageStore } from './message-store.ts';
import { applicationPayload, guildCreatePayload, userPayload } from './payloads.ts';
import { botDefaults, everyoneDefaults } from './permissions.ts';
import type { Person } from './person.ts';
import { createRateLimits } from './rate-limits.ts';
import { createRest } from './rest-server.ts';
import { addPlainGuild, addSampleGuilds } from './sample-guild.ts';
import { createSnowflakes } from './snowflake.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { createWorld } from './world.ts';

const keptRequests = 20_000;
const keptFileBytes = 512 * 1024 * 1024;

/** Starts a small, strict Discord on 127.0.0.1. */
export async function startDiscord(options: DiscordOptions): Promise<Discord> {
  const { clock } = options;
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const origin = `http://127.0.0.1:${address.port}`;
  const gatewayUrl = `ws://127.0.0.1:${address.port}`;

  const ids = createSnowflakes(clock);
  const world = createWorld({ ids, everyone: everyoneDefaults, botPermissions: botDefaults });
  addSampleGuilds(world);
  const token = botToken(world.bot.id);
  const violations: Violation[] = [];
  const requests: RequestRecord[] = [];
  const events = createEventBus(() =>
    violations.length === 0 ? '' : `Violations so far: ${JSON.stringify(violations)}.`,
  );
  const stopping = new AbortController();
  const faults = createFaultList(
    clock,
    (route) => events.emit({ type: 'fault', route }),
    stopping.signal,
  );
  const gateway: Gateway = createGateway({
    clock,
    token,
    url: gatewayUrl,
    events,
    privilegedIntents: options.privilegedIntents ?? 0,
    ready: () => ({
      v: 10,
      user: { ...userPayload(world.bot), verified: true, mfa_enabled: true, flags: 0 },
      session_type: 'normal',
      application: { id: world.bot.id, flags: applicationPayload(world).flags },
      relationships: [],
      private_channels: [],
      presences: [],
    }),
    guilds: () =>
      [...world.guilds.values()]
        .filter((guild) => guild.members.has(world.bot.id))
        .map((guild) => ({ id: guild.id, payload: guildCreatePayload(guild, world) })),
  });
  const files = createFileStore({
    clock,
    ids,
    origin,
    keptBytes: options.keptFileBytes ?? keptFileBytes,
  });
  const messages = createMessageStore();
  const dispatch: Gateway['dispatch'] = (event) => gateway.dispatch(event);
  const core: Core = {
    clock,
    ids,
    world,
    files,
    messages,
    board: createBoard({ clock, ids, world, files, messages, events, dispatch }),
    interactions: createInteractionBook(clock, ids, events),
    commands: createCommandRegistry({ clock, ids, applicationId: world.bot.id, events }),
    events,
    dispatch,
  };
  const rest = createRest({
    clock,
    token,
    routes: [
      ...accountRoutes(core, gatewayUrl),
      ...commandRoutes(core),
      callbackRoute(core),
      ...webhookRoutes(core),
      ...channelRoutes(core),
    ],
    contract:
      options.contract ??
      createContract(options.openApiPath === undefined ? {} : { openApiPath: options.openApiPath }),
    faults,
    rateLimits: options.rateLimits === false ? undefined : createRateLimits(clock),
    onRequest(request) {
      requests.push(request);
      if (requests.length > keptRequests) requests.shift();
      events.emit({ type: 'request', request });
    },
    onProblems(operation, problems) {
      for (const { path, message } of problems) {
        const violation = { operation, path, problem: message };
        violations.push(violation);
        events.emit({ type: 'violation', violation });
      }
    },
  });
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname.startsWith('/api/')) void rest(request, response, url);
    else serveFile(files, request, response, url);
  });
  server.on('upgrade', (request, socket, head) => gateway.accept(request, socket, head));

  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const user = [...world.users.values()].find((each) => !each.bot && each.name === name);
    if (user === undefined) throw new Error(`there is nobody called ${name}`);
    const known = people.get(name) ?? createPerson(core, user);
    people.set(name, known);
    return known;
  };
  const userOf = (name: string) =>
    [...world.users.values()].find((each) => !each.bot && each.name === name);
  const control = (guild: Parameters<typeof createGuildControl>[1]) =>
    createGuildControl(core, guild, person, userOf);
  const guilds = [...world.guilds.values()].map(control);
  const guild: Discord['guild'] = (nameOrId = 'Playground') => {
    const found = guilds.find((each) => each.id === nameOrId || each.name === nameOrId);
    if (found === undefined) throw new Error(`there is no guild ${nameOrId}`);
    return found;
  };
  const registered = (name: string): boolean =>
    [undefined, ...world.guilds.keys()].some((scope) =>
      core.commands.list(scope).some((command) => command.name === name),
    );

  return {
    apiUrl: `${origin}/api`,
    origin,
    token,
    applicationId: world.bot.id,
    botId: world.bot.id,
    events,
    faults,
    gateway,
    violations,
    requests,
    guilds,
    as: person,
    guild,
    addGuild(name, settings) {
      const added = addPlainGuild(world, name, world.addUser(`owner of ${name}`), settings);
      const made = control(added);
      guilds.push(made);
      dispatch({
        t: 'GUILD_CREATE',
        d: () => guildCreatePayload(added, world),
        guildId: added.id,
        intent: 1,
      });
      return made;
    },
    nameOf: (id) =>
      (
        world.users.get(id) ??
        [...world.guilds.values()].map(({ roles }) => roles.get(id)).find((role) => role) ??
        world.channel(id)
      )?.name,
    commands: (name) => core.commands.list(name === undefined ? undefined : guild(name).id),
    async ready(...names) {
      await events.until(() => gateway.connections > 0 && names.every(registered), {
        what: `a bot that is connected and has registered ${names.join(', ')}`,
        limitMs: 30_000,
      });
    },
    async close() {
      stopping.abort(new Error('the stand-in closes'));
      faults.clear();
      core.interactions.close();
      gateway.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Three parts as Discord's have: the id, a time, a signature. */
function botToken(id: string): string {
  return [
    Buffer.from(id).toString('base64url'),
    randomBytes(4).toString('base64url'),
    randomBytes(28).toString('base64url').slice(0, 38),
  ].join('.');
}

function serveFile(
  files: FileStore,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  const { status, file } = files.serve(url);
  request.resume();
  if (file === undefined) {
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end('This content is no longer available.');
    return;
  }
  const bytes = files.bytes(file);
  response.writeHead(status, {
    'content-type': file.contentType ?? 'application/octet-stream',
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
