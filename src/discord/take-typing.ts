import type { AutocompleteInteraction } from 'discord.js';
import type { Log } from '../log.ts';
import { cut } from '../messages/cut.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { Choice } from './choice.ts';
import type { Typing } from './command.ts';
import type { Desk } from './desk.ts';
import { unfoldOptions } from './unfold-options.ts';

/** Discord takes so many choices, and names and values of so many characters. */
const mostChoices = 25;
const longest = 100;

/** Answers what is being typed into an option, at once: it cannot be deferred. */
export async function takeTyping(
  desk: Desk,
  log: Log,
  interaction: AutocompleteInteraction,
): Promise<void> {
  const call = readCall(interaction);
  const answer = desk.answers.at(call);
  const choices = suggestions(desk, log, call, interaction);
  const send = (): Promise<boolean> => answer.offerChoices(choices);
  await desk.acknowledge(call, interaction.commandName, send, 'nothing');
}

function suggestions(
  desk: Desk,
  log: Log,
  call: Call,
  interaction: AutocompleteInteraction,
): Choice[] {
  const command = interaction.commandName;
  try {
    const found = desk
      .command(command, interaction.commandType)
      ?.suggest?.(call, typed(interaction));
    return (found ?? [])
      .filter(({ name, value }) => name !== '' && value !== '')
      .slice(0, mostChoices)
      .map(({ name, value }) => ({ name: cut(name, longest), value: value.slice(0, longest) }));
  } catch (error) {
    log.error({ err: error, interaction: call.interactionId, command }, 'no choices were offered');
    return [];
  }
}

function typed({ options, guild }: AutocompleteInteraction): Typing {
  const { subcommand, options: given } = unfoldOptions(options.data);
  const { name, value } = options.getFocused(true);
  return {
    subcommand,
    option: name,
    text: value,
    options: Object.fromEntries(
      given.filter(({ focused }) => !focused).map((option) => [option.name, option.value]),
    ),
    roleNames: namesOf(guild?.roles.cache),
    channelNames: namesOf(guild?.channels.cache),
  };
}

function namesOf(
  known: ReadonlyMap<string, { readonly name: string }> | undefined,
): ReadonlyMap<string, string> {
  return new Map(Array.from(known ?? [], ([id, { name }]) => [id, name]));
}
