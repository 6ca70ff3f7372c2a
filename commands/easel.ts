import type { Command } from '../src/discord/command.ts';
import { textsFor } from '../src/messages/texts.ts';
import { screen } from '../src/policy/screen.ts';
import { createChange } from './easel/change.ts';
import { channelSubcommands } from './easel/channel.ts';
import { easelDefinition } from './easel/definition.ts';
import { limitSubcommands } from './easel/limit.ts';
import { logButtons, logSubcommands } from './easel/log.ts';
import { moderatorsSubcommands } from './easel/moderators.ts';
import { providerListButtons, providerListSubcommands } from './easel/provider-list.ts';
import { providerSubcommands } from './easel/provider.ts';
import { requestsSubcommands } from './easel/requests.ts';
import { showSubcommands } from './easel/show.ts';
import { styleForms } from './easel/style-forms.ts';
import { styleButtons, styleSubcommands } from './easel/style.ts';
import type { Subcommand } from './easel/subcommand.ts';
import { createSuggest } from './easel/suggest.ts';
import { wordImportForms, wordImportSubcommands } from './easel/word-import.ts';
import { wordListButtons, wordListSubcommands } from './easel/word-list.ts';
import { wordSubcommands } from './easel/word.ts';
import type { CommandParts } from './parts.ts';

/** `/easel`: what moderators set up. All of it is answered privately. */
export function easel(commandParts: CommandParts): Command {
  const change = createChange(commandParts);
  const subcommands = new Map<string, Subcommand>(
    Object.entries({
      ...showSubcommands(commandParts),
      ...limitSubcommands(commandParts, change),
      ...requestsSubcommands(commandParts, change),
      ...channelSubcommands(change),
      ...wordSubcommands(commandParts, change),
      ...wordListSubcommands(commandParts),
      ...wordImportSubcommands(),
      ...providerSubcommands(commandParts, change),
      ...providerListSubcommands(commandParts),
      ...styleSubcommands(commandParts, change),
      ...logSubcommands(commandParts, change),
      ...moderatorsSubcommands(change),
    }),
  );
  return {
    definition: easelDefinition,
    prepare(call, given) {
      const { guildId, memberId } = call;
      const refused = screen({ guildId, memberId, missingPermissions: [] }, commandParts.doors);
      if (refused) return { refused };
      if (guildId === null) return { refused: { reason: 'guild-only' } };
      const subcommand = subcommands.get(given.subcommand);
      if (!subcommand) return { refused: { reason: 'gone' } };
      return subcommand({ call: { ...call, guildId }, given, texts: textsFor(call.locale) });
    },
    buttons: {
      ...logButtons(commandParts),
      ...wordListButtons(commandParts),
      ...providerListButtons(commandParts),
      ...styleButtons(commandParts),
    },
    forms: { ...wordImportForms(commandParts), ...styleForms(commandParts) },
    suggest: createSuggest(commandParts),
  };
}
