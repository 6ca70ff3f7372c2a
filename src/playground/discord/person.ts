import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { SeenMessage } from './seen.ts';

/** A file that a person gives to a command. */
export interface GivenFile {
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** What it is said to be; by its bytes or its name unless given. */
  readonly contentType?: string;
}

/**
 * Options by name. People, channels and roles are given by name (`alice`, `pictures`, `Artist`) or id,
 * files with their bytes.
 * A value may have the wrong type only with `raw`.
 */
export type OptionValues = Readonly<
  Record<string, string | number | boolean | GivenFile | undefined>
>;

/** Where and how a person acts. */
export interface Where {
  /** Name or id; the person's first guild unless given. */
  readonly guild?: string;
  /** Name (with or without #) or id; the guild's first text channel unless given. `dm` = the bot's direct messages. */
  readonly channel?: string;
  /**
   * Acts as a hacked client: nothing is checked before it is sent. Discord's server still refuses a
   * command to those whom its permissions do not let use it.
   */
  readonly raw?: boolean;
}

/** How the bot took an interaction. */
export type Acknowledgement =
  | { readonly kind: 'message'; readonly ephemeral: boolean; readonly afterMs: number }
  | { readonly kind: 'deferred'; readonly ephemeral: boolean; readonly afterMs: number }
  | { readonly kind: 'deferred-update' | 'update' | 'choices' | 'modal'; readonly afterMs: number }
  /** Not within 3 s: people read "The application did not respond". */
  | { readonly kind: 'failed'; readonly afterMs: number };

/** What is left of a type when everything falsy is excluded. */
export type Truthy<T> = Exclude<T, false | 0 | 0n | '' | null | undefined>;

export interface WaitOptions {
  /** What is waited for, in words, for the error. */
  readonly what?: string;
  /** In real time; 10 s unless given. */
  readonly limitMs?: number;
}

/** One use of a command, button, select or modal, watched as the person who did it. */
export interface Invocation {
  readonly id: string;
  /** The interaction token. */
  readonly token: string;
  /** ms since the epoch, by the stand-in's clock; equals the time in the id. */
  readonly createdAt: number;
  /** Resolves with the bot's acknowledgement, or `failed` when none came in 3 s. Never rejects. */
  readonly acknowledged: Promise<Acknowledgement>;
  /** The same, once it is known. */
  readonly acknowledgement: Acknowledgement | undefined;
  /**
   * The original answer as it now stands, ephemeral included; after a deferred update or an update the
   * message that carries the component. `undefined` before the acknowledgement and after it was deleted.
   */
  readonly answer: SeenMessage | undefined;
  /** The follow-ups of this interaction that still exist, oldest first. */
  readonly followUps: readonly SeenMessage[];
  /** What an autocomplete was answered with. */
  readonly choices: readonly APIApplicationCommandOptionChoice[] | undefined;
  /** The modal that was opened. */
  readonly modal: APIModalInteractionResponseCallbackData | undefined;
  /**
   * Looks again after each event until `look` returns something truthy, and resolves with it.
   * Rejects after the limit with a description of what the person sees.
   */
  waitFor<T>(look: (view: Invocation) => T, options?: WaitOptions): Promise<Truthy<T>>;
}

/** Discord's client would not let the person do this. */
export class ClientRefused extends Error {
  override readonly name = 'ClientRefused';
}

/** Discord's server did not pass on what a person's client sent. */
export class ServerRefused extends Error {
  override readonly name = 'ServerRefused';
}

/** Somebody using Discord. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The language of their client, for example `de`. */
  locale: string;
  /**
   * Uses a slash command: `imagine`, or with its groups `settings rules add`.
   * @throws {ClientRefused} what Discord's client would not send; see {@link Where.raw}
   * @throws {ServerRefused} what Discord does not let them use, sent all the same
   */
  command(path: string, options?: OptionValues, where?: Where): Invocation;
  /**
   * Types into an option with autocomplete; `options` has the text so far under the name `focused`. Of the
   * others those go along that the client has no fault with; with `raw` all.
   */
  complete(path: string, options: OptionValues, focused: string, where?: Where): Invocation;
  /**
   * Uses a command in the menu of a message, by the name that stands there.
   * @throws {ClientRefused} when the person cannot see the message or is not offered the command
   * @throws {ServerRefused} what Discord does not let them use, sent all the same
   */
  menu(name: string, message: SeenMessage | string, how?: Pick<Where, 'raw'>): Invocation;
  /**
   * Presses a button, named by custom id, label, or index in reading order.
   * @throws {ClientRefused} when the person cannot see the message, or the button is absent or disabled
   */
  press(
    message: SeenMessage | string,
    button: string | number,
    how?: Pick<Where, 'raw'>,
  ): Invocation;
  /** Chooses values in a select, named by custom id. People, channels and roles by name or id. */
  choose(
    message: SeenMessage | string,
    select: string,
    values: readonly string[],
    how?: Pick<Where, 'raw'>,
  ): Invocation;
  /** Sends the modal that an invocation opened, with its fields by custom id. */
  submit(
    opened: Invocation,
    values: Readonly<Record<string, string | readonly string[]>>,
    how?: Pick<Where, 'raw'>,
  ): Invocation;
  /** Writes a message of their own. @throws {ClientRefused} where they may not */
  say(text: string, where?: Omit<Where, 'raw'>): SeenMessage;
  /** Deletes a message. @throws {ClientRefused} without Manage Messages, or when it is ephemeral */
  remove(message: SeenMessage | string): void;
  /** The id of a channel, as {@link Where} names it. */
  channelId(channel?: string, guild?: string): string;
  /** The messages of a channel that the person sees now, oldest first; their own ephemeral ones included. */
  sees(channel?: string, guild?: string): readonly SeenMessage[];
  /** One message as the person sees it now. */
  message(messageId: string): SeenMessage | undefined;
}
