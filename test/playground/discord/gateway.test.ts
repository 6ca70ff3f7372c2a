import { Client, Events, GatewayIntentBits } from 'discord.js';
import type { Interaction } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Discord } from '../../../src/playground/discord/control.ts';
import { startBot, startPlayground } from './bot.ts';

/** A gateway connection without discord.js, to send what no library would. */
async function connect(discord: Discord, query = '?v=10&encoding=json') {
  const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/${query}`);
  onTestFinished(() => socket.terminate());
  const received: { op: number; t: string | null; d: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as (typeof received)[number]);
    for (const check of waiting) check();
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve).once('error', reject);
  });
  return {
    socket,
    closed,
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    seen: (fits: (message: (typeof received)[number]) => boolean) =>
      new Promise<(typeof received)[number]>((resolve) => {
        const check = (): void => {
          const found = received.find(fits);
          if (found !== undefined) resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}

const identify = (token: string, more: object = {}) => ({
  token,
  intents: 1,
  properties: { os: 'linux', browser: 'test', device: 'test' },
  ...more,
});

describe('the gateway', () => {
  it('gives a client its guilds with channels, threads, roles and its own member', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const guild = client.guilds.cache.get(discord.guild().id);
    expect(client.guilds.cache.map(({ name }) => name).sort()).toEqual(['Elsewhere', 'Playground']);
    expect(client.application.id).toBe(discord.applicationId);
    const pictures = guild?.channels.cache.find(({ name }) => name === 'pictures');
    expect(pictures?.parent?.name).toBe('Text');
    const sketches = guild?.channels.cache.find(({ name }) => name === 'sketches');
    expect(sketches?.isThread() === true && sketches.parentId).toBe(pictures?.id);
    const dark = guild?.channels.cache.find(({ name }) => name === 'after-dark');
    expect(dark !== undefined && 'nsfw' in dark && dark.nsfw).toBe(true);
    const me = guild?.members.me ?? undefined;
    if (me === undefined) throw new Error('the bot is no member');
    expect(pictures?.permissionsFor(me).has('AttachFiles')).toBe(true);
    const quiet = guild?.channels.cache.find(({ name }) => name === 'quiet');
    expect(quiet?.permissionsFor(me).has('SendMessages')).toBe(false);
  });

  it('replays an interaction that came while the connection was lost', async () => {
    const { discord } = await startPlayground();
    const got: Interaction[] = [];
    await startBot(discord, async (interaction) => {
      got.push(interaction);
      if (interaction.isRepliable()) await interaction.reply('late but there');
    });
    const resumed = discord.events.next('gateway-resumed');
    discord.gateway.drop();
    await discord.events.next('gateway-disconnected');
    expect(discord.gateway.connections).toBe(0);
    const call = discord.as('alice').command('imagine', { prompt: 'a fox' });
    expect(got).toEqual([]);
    await resumed;
    await call.waitFor(({ answer }) => answer?.content === 'late but there');
    expect(got).toHaveLength(1);
  });

  it('has clients resume when it asks them to', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    discord.gateway.reconnect();
    await resumed;
    expect(discord.gateway.connections).toBe(1);
  });

  it('can end a session, which then cannot be resumed, only made anew', async () => {
    const { discord } = await startPlayground();
    const { send, seen } = await connect(discord);
    send(2, identify(discord.token));
    const { d } = await seen(({ t }) => t === 'READY');
    discord.gateway.invalidate();
    expect(await seen(({ op }) => op === 9)).toMatchObject({ d: false });
    const again = await connect(discord);
    const { session_id } = d as { session_id: string };
    again.send(6, { token: discord.token, session_id, seq: 1 });
    await again.seen(({ op }) => op === 9);
    again.send(2, identify(discord.token));
    await again.seen(({ t }) => t === 'READY');
    discord.gateway.closeWith(4000);
    expect(await again.closed).toBe(4000);
  });

  it('refuses connections while told to, without ending sessions', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    discord.gateway.refuse(true);
    const failed = new Promise((resolve) => client.once(Events.ShardError, resolve));
    discord.gateway.drop();
    await failed;
    const resumed = discord.events.next('gateway-resumed');
    discord.gateway.refuse(false);
    await resumed;
  });

  it('tells a running bot of new guilds and channels, and when it is thrown out', async () => {
    const { discord } = await startPlayground();
    const { client } = await startBot(discord);
    const joined = new Promise((resolve) => client.once(Events.GuildCreate, resolve));
    const guild = discord.addGuild('Gallery');
    await joined;
    const made = new Promise((resolve) => client.once(Events.ChannelCreate, resolve));
    const id = guild.addChannel({ name: 'new', ageRestricted: true });
    await made;
    expect(client.channels.cache.get(id)).toMatchObject({ name: 'new', nsfw: true });
    const left = new Promise((resolve) => client.once(Events.GuildDelete, resolve));
    guild.removeBot();
    await left;
    expect(client.guilds.cache.has(guild.id)).toBe(false);
    expect(() => discord.as('owner of Gallery').command('imagine', { prompt: 'a fox' })).toThrow(
      /bot is not in Gallery/,
    );
  });

  it('refuses a wrong token and intents that need an approval', async () => {
    const { discord } = await startPlayground();
    const client = new Client({
      intents: [GatewayIntentBits.GuildMembers],
      rest: { api: discord.apiUrl },
    });
    onTestFinished(() => client.destroy());
    await expect(client.login(discord.token)).rejects.toThrow(/disallowed intents/i);
    const wrong = new Client({ intents: [], rest: { api: discord.apiUrl } });
    onTestFinished(() => wrong.destroy());
    await expect(wrong.login(`${discord.token}x`)).rejects.toThrow(/invalid token/i);
    const raw = await connect(discord);
    raw.send(2, identify('wrong'));
    expect(await raw.closed).toBe(4004);
  });

  it.each([
    ['no JSON', 'hello', 4002],
    ['an unknown opcode', '{"op":99,"d":null}', 4001],
    ['an identify without properties', '{"op":2,"d":{"token":"x","intents":1}}', 4002],
    ['something before the identify', '{"op":3,"d":{}}', 4003],
    ['more than 4096 bytes', `{"op":1,"d":null,"pad":"${'x'.repeat(4096)}"}`, 4002],
  ])('closes on %s', async (_what, text, code) => {
    const { discord } = await startPlayground();
    const { socket, closed } = await connect(discord);
    socket.send(text);
    expect(await closed).toBe(code);
  });

  it('closes on a second identify, on bad shards, and after 120 messages in a minute', async () => {
    const { discord } = await startPlayground();
    const twice = await connect(discord);
    twice.send(2, identify(discord.token));
    await twice.seen(({ t }) => t === 'READY');
    twice.send(2, identify(discord.token));
    expect(await twice.closed).toBe(4005);
    const badShard = await connect(discord);
    badShard.send(2, identify(discord.token, { shard: [2, 2] }));
    expect(await badShard.closed).toBe(4010);
    const chatty = await connect(discord);
    for (let count = 0; count < 121; count += 1) chatty.send(1, null);
    expect(await chatty.closed).toBe(4008);
    const old = await connect(discord, '?v=6&encoding=json');
    expect(await old.closed).toBe(4012);
  });

  it('answers a resume of a session that it does not know with op 9, not resumable', async () => {
    const { discord } = await startPlayground();
    const { send, seen } = await connect(discord);
    send(6, { token: discord.token, session_id: 'unknown', seq: 3 });
    expect(await seen(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it('sends a guild to its own shard only, and nothing that needs an intent without it', async () => {
    const { discord } = await startPlayground();
    const ids = discord.guilds.map(({ id }) => id);
    const shards = await Promise.all(
      [0, 1].map(async (shard) => {
        const connection = await connect(discord);
        connection.send(2, identify(discord.token, { shard: [shard, 2] }));
        const { d } = await connection.seen(({ t }) => t === 'READY');
        return (d as { guilds: { id: string }[] }).guilds.map(({ id }) => id);
      }),
    );
    expect(shards.flat().sort()).toEqual([...ids].sort());
    for (const [shard, guilds] of shards.entries())
      for (const id of guilds) expect((BigInt(id) >> 22n) % 2n).toBe(BigInt(shard));
  });
});
