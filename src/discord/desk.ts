import type { ApplicationCommandType } from 'discord.js';
import type { CustomId } from '../messages/custom-id.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';
import type { Command } from './command.ts';
import type { Handling } from './handling.ts';

/** What the takers of each kind of interaction work with. */
export interface Desk extends Handling {
  readonly answers: Answers;
  /** Whether everything is refused, because the bot stops. */
  readonly stopping: boolean;
  command(name: string, type: ApplicationCommandType): Command | undefined;
  /** The command that a button, a select or a modal belongs to. */
  owner(id: CustomId): Command | undefined;
  offerWaiting(call: Call, answer: Answer): Promise<void>;
}
