import { ActionRowBuilder, ApplicationCommandType, ButtonBuilder, ButtonStyle } from 'discord.js';
import type { ApplicationCommandDataResolvable, Interaction } from 'discord.js';
import { imagine, startBot, startPlayground } from './bot.ts';

/** A button that can be pressed, one that is disabled, and a link. */
export const buttons = (): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('again:1').setLabel('Again').setStyle(ButtonStyle.Primary),
    new ButtonBuilder()
      .setCustomId('cancel:1')
      .setLabel('Cancel')
      .setStyle(ButtonStyle.Danger)
      .setDisabled(true),
    new ButtonBuilder().setURL('https://example.com').setLabel('Help').setStyle(ButtonStyle.Link),
  );

/** A command for moderators, with groups and an option of each type that names something. */
export const settings: ApplicationCommandDataResolvable = {
  type: ApplicationCommandType.ChatInput,
  name: 'settings',
  description: 'Rules',
  defaultMemberPermissions: 'ManageGuild',
  contexts: [0],
  options: [
    {
      type: 2,
      name: 'rules',
      description: 'Rules',
      options: [
        {
          type: 1,
          name: 'add',
          description: 'Adds one',
          options: [
            { type: 6, name: 'member', description: 'Whose' },
            { type: 8, name: 'role', description: 'Whose' },
            { type: 7, name: 'channel', description: 'Where' },
            { type: 11, name: 'picture', description: 'Like' },
            { type: 3, name: 'style', description: 'Style', autocomplete: true },
          ],
        },
      ],
    },
  ],
};

/** A stand-in and a bot that does so with every interaction. */
export async function withBot(
  run: (interaction: Interaction) => Promise<unknown>,
  commands: readonly ApplicationCommandDataResolvable[] = [imagine, settings],
) {
  const { discord } = await startPlayground();
  const { errors } = await startBot(
    discord,
    async (interaction) => {
      await run(interaction);
    },
    commands,
  );
  return { discord, errors };
}
