import {
  ActionRowBuilder,
  ApplicationIntegrationType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContainerBuilder,
  EmbedBuilder,
  InteractionContextType,
  InteractionWebhook,
  LabelBuilder,
  MediaGalleryBuilder,
  MediaGalleryItemBuilder,
  MessageFlags,
  MessagePayload,
  ModalBuilder,
  PermissionFlagsBits,
  Routes,
  SectionBuilder,
  SeparatorBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type {
  Contract,
  Operation,
  Violation,
} from '../../../../src/playground/discord/contract/contract.ts';
import { startCapture } from './capture.ts';
import type { Capture } from './capture.ts';
import { withAndWithoutSpec } from './rules.ts';

const APPLICATION = '1234567890123456789';
const MESSAGE = {
  id: '1234567890123456790',
  channel_id: '1234567890123456791',
  author: { id: APPLICATION, username: 'easel', discriminator: '0', avatar: null },
  content: '',
  timestamp: '2026-01-01T00:00:00.000Z',
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  pinned: false,
  type: 0,
};

const buttons = (): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder()
      .setCustomId('imagine:again:1')
      .setLabel('Again')
      .setEmoji('🔁')
      .setStyle(ButtonStyle.Secondary),
    new ButtonBuilder()
      .setURL('https://example.com')
      .setEmoji('<a:brush:1234567890123456792>')
      .setStyle(ButtonStyle.Link),
  );

const pictures = (): AttachmentBuilder[] =>
  ['one', 'two'].map(
    (name) =>
      new AttachmentBuilder(Buffer.from(name), {
        name: `${name}.png`,
        description: `picture ${name}`,
      }),
  );

const gallery = (): ContainerBuilder =>
  new ContainerBuilder()
    .setAccentColor(0x5865f2)
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('**a fox**'))
    .addMediaGalleryComponents(
      new MediaGalleryBuilder().addItems(
        new MediaGalleryItemBuilder().setURL('attachment://one.png').setDescription('one'),
        new MediaGalleryItemBuilder().setURL('attachment://two.png').setSpoiler(true),
      ),
    )
    .addSeparatorComponents(new SeparatorBuilder().setDivider(true))
    .addSectionComponents(
      new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('2 credits'))
        .setButtonAccessory(
          new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
        ),
    )
    .addActionRowComponents(buttons());

const shown = () => ({
  flags: MessageFlags.IsComponentsV2 as const,
  components: [gallery()],
  files: pictures(),
});

const legacy = () => ({
  content: 'A fox',
  embeds: [
    new EmbedBuilder()
      .setTitle('A fox')
      .setColor(0x5865f2)
      .setImage('attachment://one.png')
      .setFooter({ text: '2 credits' })
      .setTimestamp(0)
      .addFields({ name: 'Size', value: 'large', inline: true }),
  ],
  components: [
    buttons(),
    new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId('model')
        .setPlaceholder('Model')
        .addOptions({ label: 'Fast', value: 'fast', default: true }),
    ),
  ],
  files: pictures(),
});

describe('what discord.js sends', () => {
  let capture: Capture;
  let client: Client<true>;
  let webhook: InteractionWebhook;

  beforeAll(async () => {
    capture = await startCapture(MESSAGE);
    // A client that is not logged in; only its REST half is used.
    client = new Client({
      intents: [],
      rest: { api: capture.url },
      allowedMentions: { parse: [], repliedUser: false },
      enforceNonce: true,
    });
    webhook = new InteractionWebhook(client, APPLICATION, 'token');
  });
  afterAll(async () => {
    await client.destroy();
    await capture.close();
  });

  function sent(contract: Contract, operation: Operation): Violation[] {
    const { body, files } = capture.last();
    return contract.check(operation, body, files);
  }

  withAndWithoutSpec((contract) => {
    test('a follow-up of a container with a gallery of files passes', async () => {
      await webhook.send(shown());
      expect(capture.last().files).toMatchObject([
        { name: 'files[0]', filename: 'one.png', bytes: 3 },
        { name: 'files[1]', filename: 'two.png', bytes: 3 },
      ]);
      expect(sent(contract, 'execute-webhook')).toEqual([]);
    });

    test('a follow-up whose gallery shows a file that is missing does not pass', async () => {
      await webhook.send({ ...shown(), files: pictures().slice(0, 1) });
      expect(sent(contract, 'execute-webhook')).toMatchObject([
        { path: 'components[0].components[1].items[1].media.url' },
      ]);
    });

    test('an edit of the original with embeds, rows and files passes', async () => {
      await webhook.editMessage('@original', legacy());
      expect(sent(contract, 'update-original')).toEqual([]);
    });

    test('an edit from legacy to V2 passes', async () => {
      await webhook.editMessage('@original', { ...shown(), content: null, embeds: [] });
      expect(sent(contract, 'update-original')).toEqual([]);
    });

    test('a first answer with files passes', async () => {
      const payload = await MessagePayload.create(webhook, shown()).resolveBody().resolveFiles();
      await client.rest.post(Routes.interactionCallback('1', 'token'), {
        body: { type: 4, data: payload.body },
        files: payload.files ?? [],
        auth: false,
      });
      expect(sent(contract, 'create-interaction-response')).toEqual([]);
    });

    test('a message to a channel with an enforced nonce passes', async () => {
      const payload = await MessagePayload.create(webhook, legacy()).resolveBody().resolveFiles();
      await client.rest.post(Routes.channelMessages('1'), {
        body: payload.body,
        files: payload.files ?? [],
        auth: false,
      });
      expect(capture.last().body).toMatchObject({ enforce_nonce: true });
      expect(sent(contract, 'create-message')).toEqual([]);
    });

    test('a slash command with everything passes', async () => {
      await client.rest.put(Routes.applicationCommands(APPLICATION), {
        body: [slashCommand().toJSON()],
        auth: false,
      });
      expect(sent(contract, 'bulk-global-commands')).toEqual([]);
    });

    test('a modal passes', async () => {
      const modal = new ModalBuilder()
        .setCustomId('imagine:edit:1')
        .setTitle('Change the prompt')
        .addLabelComponents(
          new LabelBuilder()
            .setLabel('Prompt')
            .setTextInputComponent(
              new TextInputBuilder()
                .setCustomId('prompt')
                .setStyle(TextInputStyle.Paragraph)
                .setValue('a fox'),
            ),
        );
      await client.rest.post(Routes.interactionCallback('1', 'token'), {
        body: { type: 9, data: modal.toJSON() },
        auth: false,
      });
      expect(sent(contract, 'create-interaction-response')).toEqual([]);
    });
  });
});

function slashCommand(): SlashCommandBuilder {
  const builder = new SlashCommandBuilder();
  builder
    .setName('settings')
    .setNameLocalizations({ de: 'einstellungen' })
    .setDescription('Who may spend how much')
    .setDescriptionLocalizations({ de: 'Wer wie viel ausgeben darf' })
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .setContexts(InteractionContextType.Guild)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setNSFW(false)
    .addSubcommandGroup((group) =>
      group
        .setName('rule')
        .setDescription('Rules')
        .addSubcommand((sub) =>
          sub
            .setName('set')
            .setDescription('Set a rule')
            .addStringOption((option) =>
              option
                .setName('window')
                .setDescription('For how long')
                .setRequired(true)
                .addChoices({ name: 'day', value: '24h', name_localizations: { de: 'Tag' } }),
            )
            .addIntegerOption((option) =>
              option.setName('credits').setDescription('How many').setMinValue(0).setMaxValue(1000),
            )
            .addStringOption((option) =>
              option
                .setName('model')
                .setDescription('Which')
                .setAutocomplete(true)
                .setMaxLength(100),
            )
            .addAttachmentOption((option) => option.setName('image').setDescription('A picture'))
            .addRoleOption((option) => option.setName('role').setDescription('For whom')),
        ),
    );
  return builder;
}
