// Run as a process of its own: `upload.ts <api address> <step,step,…>` loads what the steps name, in
// that order, and uploads two files: with the bot's own client, then with one that discord.js makes
// by itself. Says on stdout how each went. It imports nothing up here, since the order is the point.

const [apiUrl = '', order = ''] = process.argv.slice(2);

const steps: Readonly<Record<string, () => unknown>> = {
  'discord.js': () => import('discord.js'),
  undici: () => import('undici'),
  'node:http': () => import('node:http'),
  fetch: () => new Headers({ a: 'b' }),
};
for (const step of order.split(',')) await steps[step]?.();

const { createClient } = await import('../../src/discord/client.ts');
const { multipart } = await import('../../src/discord/multipart.ts');
const { Client } = await import('discord.js');

const body = { content: order };
const files = [0, 1].map((index) => ({
  name: `picture-${index}.png`,
  data: Buffer.alloc(100_000, index + 1),
  contentType: 'image/png',
}));
const uploads = {
  own: { client: createClient(apiUrl), request: multipart(body, files) },
  plain: {
    client: new Client({ intents: [], rest: { api: apiUrl, retries: 0 } }),
    request: { body, files },
  },
};
const outcomes: Record<string, string> = {};
for (const [name, { client, request }] of Object.entries(uploads)) {
  client.rest.setToken('token');
  try {
    await client.rest.post(`/channels/${name}/messages`, request);
    outcomes[name] = 'sent';
  } catch (error) {
    outcomes[name] = error instanceof Error ? error.message : 'failed';
  }
}
process.stdout.write(JSON.stringify(outcomes));
process.exit(0);
