import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import type { Acknowledgement } from './person.ts';
import type { Channel, User } from './world.ts';

/** One use of the bot, and what became of it. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly createdAt: number;
  readonly user: User;
  readonly channel: Channel;
  /** With its groups, for example `settings rules add`; `undefined` for components and modals. */
  readonly command: string | undefined;
  /** The command was chosen in the menu of a message. */
  readonly inMenu?: true;
  /** The message whose component was used; also of a modal that a component opened. */
  readonly sourceId: string | undefined;
  /** Of a modal: the interaction that opened it. */
  readonly openedBy: Interaction | undefined;
  readonly settled: PromiseWithResolvers<Acknowledgement>;
  acknowledgement: Acknowledgement | undefined;
  /** The message that `@original` means. */
  originalId: string | undefined;
  readonly followUpIds: string[];
  modal: APIModalInteractionResponseCallbackData | undefined;
  choices: readonly APIApplicationCommandOptionChoice[] | undefined;
}
