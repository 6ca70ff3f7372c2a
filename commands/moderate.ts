import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { en } from '../src/messages/en.ts';
import { textsFor } from '../src/messages/texts.ts';
import { screen } from '../src/policy/screen.ts';
import { block } from './moderate/block.ts';
import { moderateHandlers } from './moderate/handlers.ts';
import { grant } from './moderate/grant.ts';
import { member } from './moderate/member.ts';
import { reset } from './moderate/reset.ts';
import { start } from './moderate/start.ts';
import { stop } from './moderate/stop.ts';
import { unblock } from './moderate/unblock.ts';
import type { CommandParts } from './parts.ts';

/** `/moderate`: what moderators do about members and their pictures. All answers are private. */
export function moderate(commandParts: CommandParts): Command {
  const subcommands = new Map(
    [block, unblock, member, grant, reset, stop, start]
      .map((make) => make(commandParts))
      .map((subcommand) => [subcommand.definition.name, subcommand]),
  );
  return {
    definition: {
      type: ApplicationCommandType.ChatInput,
      name: 'moderate',
      description: en.moderate.command,
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
      default_member_permissions: String(PermissionFlagsBits.ModerateMembers),
      options: [...subcommands.values()].map(({ definition }) => definition),
    },
    prepare(call, given) {
      const { guildId, memberId, locale } = call;
      const refused = screen({ guildId, memberId, missingPermissions: [] }, commandParts.doors);
      if (refused) return { refused };
      if (guildId === null) return { refused: { reason: 'guild-only' } };
      const subcommand = subcommands.get(given.subcommand);
      if (!subcommand) return { refused: { reason: 'gone' } };
      return subcommand.prepare({ call: { ...call, guildId }, given, texts: textsFor(locale) });
    },
    buttons: moderateHandlers(commandParts),
  };
}
