import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { Prepared, Refused } from './command.ts';
import type { Desk } from './desk.ts';
import { readGiven } from './given.ts';
import type { CommandInteraction } from './given.ts';

/** Takes a command, by slash or in a menu, to its handler. */
export async function takeCommand(desk: Desk, interaction: CommandInteraction): Promise<void> {
  const call = readCall(interaction);
  const name = interaction.commandName;
  const answer = desk.answers.at(call);
  const prepared = prepare(desk, call, interaction);
  if ('refused' in prepared) return desk.refuseAtOnce(call, answer, prepared);
  if (prepared.answers === 'modal') {
    await desk.acknowledge(call, name, () => answer.showModal(prepared.modal));
    return;
  }
  const { answers } = prepared;
  const taken = await desk.acknowledge(call, name, () => answer.acknowledge(answers));
  if (taken === 'failed') return;
  // Of several processes that hear of a command, the one whose acknowledgement was taken goes on.
  if (taken === 'taken-before' && !prepared.repeatable) return;
  try {
    await prepared.run(answer);
  } catch (error) {
    await desk.apologise(call, answer, desk.bug(name, error, true), 'there');
  }
  if (answer.finished) await desk.offerWaiting(call, answer);
}

function prepare(desk: Desk, call: Call, interaction: CommandInteraction): Prepared | Refused {
  if (desk.stopping) return { refused: { reason: 'stopping' } };
  const command = desk.command(interaction.commandName, interaction.commandType);
  if (!command) return { refused: { reason: 'gone' } };
  try {
    return command.prepare(call, readGiven(interaction));
  } catch (error) {
    return { refused: desk.bug(interaction.commandName, error, true) };
  }
}
