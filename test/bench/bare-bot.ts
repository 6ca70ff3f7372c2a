import { AttachmentBuilder, Client, Events, GatewayIntentBits } from 'discord.js';
import type { ChatInputCommandInteraction, RESTOptions } from 'discord.js';

/*
 * What Easel is measured against: the shortest discord.js bot that does the same visible thing. It
 * defers, asks Claid, downloads the pictures and edits its reply. No limits, no store, no retries.
 */

const { DISCORD_TOKEN = '', DISCORD_API_URL = '', CLAID_API_KEY, CLAID_API_URL } = process.env;

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  // The same strategy as Easel's, so that the difference is not undici's; the types of the two differ.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  rest: { api: DISCORD_API_URL, makeRequest: fetch as unknown as RESTOptions['makeRequest'] },
});

async function imagine(interaction: ChatInputCommandInteraction): Promise<void> {
  await interaction.deferReply();
  const answer = await fetch(`${CLAID_API_URL}/image/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CLAID_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      input: interaction.options.getString('prompt', true),
      options: { number_of_images: interaction.options.getInteger('images', true) },
    }),
  });
  const files = await Promise.all(
    addresses(await answer.json()).map(async (address, index) => {
      const picture = await fetch(address);
      const bytes = Buffer.from(await picture.arrayBuffer());
      return new AttachmentBuilder(bytes, { name: `picture-${index + 1}.png` });
    }),
  );
  await interaction.editReply({ files });
}

function addresses(answer: unknown): string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a bare bot trusts its API
  const { data } = answer as { data: { output: { tmp_url: string }[] } };
  return data.output.map(({ tmp_url }) => tmp_url);
}

client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  imagine(interaction).catch((error: unknown) => console.error(String(error)));
});
client.once(Events.ClientReady, (ready) => {
  void ready.application.commands.set([
    {
      name: 'imagine',
      description: 'Makes pictures from a text',
      options: [
        { type: 3, name: 'prompt', description: 'What to see', required: true },
        { type: 4, name: 'images', description: 'How many', required: true },
      ],
    },
  ]);
});
process.on('SIGTERM', () => process.exit(0));
await client.login(DISCORD_TOKEN);
