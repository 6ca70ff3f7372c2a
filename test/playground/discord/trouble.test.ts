import { request } from 'node:http';
import { AttachmentBuilder, RateLimitError, Routes } from 'discord.js';
import type { ChatInputCommandInteraction, Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Discord, Invocation } from '../../../src/playground/discord/control.ts';
import { startBot, startPlayground } from './bot.ts';
import type { Playground } from './bot.ts';

interface Scene extends Playground {
  readonly client: Client<true>;
  readonly call: Invocation;
  readonly interaction: ChatInputCommandInteraction;
}

/** A deferred `/imagine` of alice's. */
async function deferred(options: Parameters<typeof startPlayground>[0] = {}): Promise<Scene> {
  const playground = await startPlayground(options);
  const arrived = Promise.withResolvers<ChatInputCommandInteraction>();
  const { client } = await startBot(playground.discord, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    arrived.resolve(interaction);
  });
  const call = playground.discord.as('alice').command('imagine', { prompt: 'a fox' });
  return { ...playground, client, call, interaction: await arrived.promise };
}

const original = '/webhooks/:application/:token/messages/@original';
const countOf = (discord: Discord, method: string, route: string): number =>
  discord.requests.filter((each) => each.method === method && each.route === route).length;

describe('limits', () => {
  it('refuse a file over the limit of the guild (40005, 413), whatever others it has', async () => {
    const { discord, interaction, call } = await deferred();
    discord.guild().settings.attachmentSizeLimit = 1000;
    const small = new AttachmentBuilder(Buffer.alloc(1000), { name: 'small.png' });
    const large = new AttachmentBuilder(Buffer.alloc(1001), { name: 'large.png' });
    await expect(interaction.editReply({ files: [small, large] })).rejects.toMatchObject({
      code: 40005,
      status: 413,
    });
    expect(call.answer).toMatchObject({ thinking: true, files: [] });
    await interaction.editReply({ files: [small] });
    expect(call.answer?.files).toHaveLength(1);
  });

  it('refuse a request over 25 MiB (40005)', async () => {
    const { discord, interaction } = await deferred();
    discord.guild().settings.attachmentSizeLimit = 100 * 1024 * 1024;
    const file = new AttachmentBuilder(Buffer.alloc(26 * 1024 * 1024), { name: 'huge.png' });
    await expect(interaction.editReply({ files: [file] })).rejects.toMatchObject({ code: 40005 });
  });

  it('let five edits of one answer pass in two seconds, then say 429 with how long to wait', async () => {
    const { discord, clock, call, interaction } = await deferred();
    const url = `${discord.apiUrl}/v10/webhooks/${discord.applicationId}/${call.token}/messages/@original`;
    const edit = (content: string) =>
      fetch(url, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content }),
      });
    for (const left of ['4', '3', '2', '1', '0']) {
      const response = await edit(left);
      expect(response.status).toBe(200);
      expect(response.headers.get('x-ratelimit-remaining')).toBe(left);
    }
    const refused = await edit('one too many');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    const body = (await refused.json()) as { retry_after: number; global: boolean };
    expect(body).toMatchObject({ global: false });
    expect(body.retry_after).toBeGreaterThan(0);
    expect(body.retry_after).toBeLessThanOrEqual(2);
    expect(call.answer?.content).toBe('0');
    clock.advance(2000);
    await interaction.editReply('after the pause');
    expect(call.answer?.content).toBe('after the pause');
  });

  it('count the bot token to fifty requests per second in all', async () => {
    const { discord } = await startPlayground();
    const statuses = await Promise.all(
      Array.from({ length: 51 }, async () => {
        const response = await fetch(`${discord.apiUrl}/v10/users/@me`, {
          headers: { authorization: `Bot ${discord.token}` },
        });
        await response.arrayBuffer();
        return [response.status, response.headers.get('x-ratelimit-global')];
      }),
    );
    expect(statuses.filter(([status]) => status === 200)).toHaveLength(50);
    expect(statuses.filter(([status]) => status === 429)).toEqual([[429, 'true']]);
  });

  it('can be switched off', async () => {
    const { client, discord } = await deferred({ rateLimits: false });
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    const send = (content: number) => client.rest.post(route, { body: { content: `${content}` } });
    for (let count = 0; count < 12; count += 1) await send(count);
    expect(discord.as('alice').sees('general')).toHaveLength(12);
  });

  it('are what discord.js waits for, or reports when asked to', async () => {
    const { client, discord } = await deferred();
    client.rest.options.rejectOnRateLimit = ['/channels'];
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    const sends = Array.from({ length: 6 }, (_, index) =>
      client.rest.post(route, { body: { content: `${index}` } }),
    );
    const results = await Promise.allSettled(sends);
    const reasons = results.flatMap((each): unknown[] =>
      each.status === 'rejected' ? [each.reason] : [],
    );
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toBeInstanceOf(RateLimitError);
  });
});

describe('a fault', () => {
  it('answers with a status instead of doing what was asked, so many times', async () => {
    const { discord, interaction, call } = await deferred();
    const fault = discord.faults.add({ method: 'PATCH', route: original, status: 503, times: 2 });
    await expect(interaction.editReply('one')).rejects.toMatchObject({ status: 503 });
    await expect(interaction.editReply('two')).rejects.toMatchObject({ status: 503 });
    expect(call.answer).toMatchObject({ thinking: true });
    await interaction.editReply('three');
    expect(fault.hits).toBe(2);
    expect(call.answer?.content).toBe('three');
  });

  it('can lose the answer to what was done: cut after processing, in the body, or with a status', async () => {
    const { discord, interaction, call } = await deferred();
    const faults = [
      { cut: 'after-processing' },
      { cut: 'mid-body' },
      { status: 500, processed: true },
    ] as const;
    for (const [index, fault] of faults.entries()) {
      discord.faults.add({ route: original, ...fault });
      await expect(interaction.editReply(`done ${index}`)).rejects.toThrow();
      expect(call.answer?.content).toBe(`done ${index}`);
    }
    discord.faults.add({ route: /\/messages\/@original$/, cut: 'before-processing' });
    await expect(interaction.editReply('never')).rejects.toThrow();
    expect(call.answer?.content).toBe('done 2');
    expect(countOf(discord, 'PATCH', original)).toBe(4);
  });

  it('holds a request back until it is released, or delays it by the clock', async () => {
    const { discord, clock, interaction, call } = await deferred();
    const held = discord.faults.add({ route: original, hold: true });
    const edit = interaction.editReply('held');
    await held.hit;
    expect(call.answer?.thinking).toBe(true);
    held.release();
    await edit;
    expect(call.answer?.content).toBe('held');
    const delayed = discord.faults.add({ route: original, delayMs: 60_000 });
    const late = interaction.editReply('delayed');
    await delayed.hit;
    expect(call.answer?.content).toBe('held');
    clock.advance(60_000);
    await late;
    expect(call.answer?.content).toBe('delayed');
  });

  it('is none of the bot when it breaks its own request off', async () => {
    const { discord, call } = await deferred();
    const noted = discord.events.next('request');
    const broken = request(
      `${discord.apiUrl}/v10/webhooks/${discord.applicationId}/${call.token}/messages/@original`,
      { method: 'PATCH', headers: { 'content-length': 1000, 'content-type': 'application/json' } },
    );
    broken.on('error', () => undefined);
    broken.write('{"content":', () => broken.destroy());
    expect((await noted).request).toMatchObject({ status: undefined, body: undefined });
    expect(discord.violations).toEqual([]);
    expect(call.answer).toMatchObject({ thinking: true });
  });

  it('can be an error of Discord’s own shape', async () => {
    const { discord, interaction } = await deferred();
    discord.faults.add({
      route: original,
      status: 403,
      body: { message: 'Missing Permissions', code: 50013 },
    });
    await expect(interaction.editReply('x')).rejects.toMatchObject({ code: 50013, status: 403 });
  });
});

describe('the API', () => {
  it('wants the bot token, a known route, its method and version 10', async () => {
    const { discord } = await startPlayground();
    const status = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${discord.apiUrl}${path}`, init);
      return [response.status, ((await response.json()) as { code: number }).code];
    };
    const bot = { authorization: `Bot ${discord.token}` };
    expect(await status('/v10/users/@me')).toEqual([401, 0]);
    expect(await status('/v10/users/@me', { headers: { authorization: discord.token } })).toEqual([
      401, 0,
    ]);
    expect(await status('/v10/nothing', { headers: bot })).toEqual([404, 0]);
    // It would be overlooked if the stand-in lacked something that the bot needs.
    expect(discord.violations.map(({ operation }) => operation)).toEqual(['GET /api/v10/nothing']);
    expect(await status('/v10/users/@me', { method: 'PUT', headers: bot })).toEqual([405, 0]);
    expect(await status('/v9/users/@me', { headers: bot })).toEqual([400, 50041]);
    const broken = { method: 'POST', headers: bot, body: '{' };
    const channel = discord.guild().channelId('general');
    expect(await status(`/v10/channels/${channel}/messages`, broken)).toEqual([400, 50109]);
    expect(await status('/v10/channels/1/messages/1', { headers: bot })).toEqual([404, 10003]);
    expect(await status('/v10/guilds/1', { headers: bot })).toEqual([404, 10004]);
  });

  it('names what is wrong in a body by its path, and keeps it as a violation', async () => {
    const { discord } = await startPlayground({
      contract: {
        check: (operation, body) =>
          JSON.stringify(body).includes('bad')
            ? [{ operation, path: 'embeds[0].title', problem: 'is too long' }]
            : [],
      },
    });
    const { client } = await startBot(discord);
    const told = discord.events.next('violation');
    const route = Routes.channelMessages(discord.guild().channelId('general'));
    await expect(
      client.rest.post(route, { body: { embeds: [{ title: 'bad' }] } }),
    ).rejects.toMatchObject({
      status: 400,
      rawError: {
        code: 50035,
        errors: { embeds: { 0: { title: { _errors: [{ message: 'is too long' }] } } } },
      },
    });
    expect((await told).violation.path).toBe('embeds[0].title');
    expect(discord.violations).toEqual([
      { operation: 'create-message', path: 'embeds[0].title', problem: 'is too long' },
    ]);
  });
});
