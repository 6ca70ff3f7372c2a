import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Refusal } from '../domain/refusal.ts';
import type { ModalBody } from '../messages/modal-body.ts';
import type { Answer } from './answer.ts';
import type { Call, Form, Press } from './call.ts';
import type { Choice } from './choice.ts';

/** A command, by slash or in a menu: what Discord is told, and what we do about it. */
export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  /**
   * Checks what was given, without any I/O, and says how it will be answered. Options are as they
   * came, since a client can be bypassed.
   */
  prepare(call: Call, given: Given): Prepared | Refused;
  /** By the action of their custom id: buttons and selects. */
  readonly buttons: Readonly<Record<string, ButtonHandler>>;
  /** By the action of their custom id: modals that come back filled in. */
  readonly forms?: Readonly<Record<string, FormHandler>>;
  /** What fits what has been typed so far, at most 25, from what is in memory: it cannot be deferred. */
  suggest?(call: Call, typing: Typing): readonly Choice[];
}

/** What came with a command. */
export interface Given {
  /** `limit set` for a subcommand in a group, `show` for one without, empty where there are none. */
  readonly subcommand: string;
  /** By name; the values as they came: text, number, boolean, or the id of a user, role, channel or attachment. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The users that options or a menu name, by id. */
  readonly users: ReadonlyMap<string, GivenUser>;
  /** The channels that options name, by id. */
  readonly channels: ReadonlyMap<string, GivenChannel>;
  /** The files that options bring, by id. */
  readonly attachments: ReadonlyMap<string, GivenAttachment>;
  /** The message that a message menu was opened on; `null` for every other command. */
  readonly message: GivenMessage | null;
}

export interface GivenUser {
  readonly bot: boolean;
  /** `null` where the user is not in this guild (any more). */
  readonly roleIds: readonly string[] | null;
}

export interface GivenChannel {
  /** The channel itself and what it stands under, as in an asker's `channelPath`. */
  readonly path: readonly string[];
  /** Permissions to write messages with files, by their names in Discord, that the bot lacks there. */
  readonly missingPermissions: readonly string[];
}

/**
 * A file that a member uploaded with the command, as Discord tells of it; nothing of it was checked.
 *
 * @see Discord's message resource, "Attachment Object"
 */
export interface GivenAttachment {
  readonly id: string;
  /** Where its bytes are. Signed, and good for a while only. */
  readonly url: string;
  readonly name: string;
  /** What Discord takes it for, by its name mostly; `null` where it does not say. */
  readonly contentType: string | null;
  readonly sizeBytes: number;
  /** In pixels; `null` where it is no picture that Discord could read. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface GivenMessage {
  readonly id: string;
  /** Whether this bot wrote it. */
  readonly own: boolean;
}

export interface Typing {
  readonly subcommand: string;
  /** The option that is being typed, and its text so far. */
  readonly option: string;
  readonly text: string;
  /**
   * The other options as they stand, by name and as they came. Nobody but the member's client has
   * checked them; required ones may still be missing.
   */
  readonly options: Readonly<Record<string, unknown>>;
  /** The names of the guild's roles and channels, by id, as far as they are known; empty where nothing is. */
  readonly roleNames: ReadonlyMap<string, string>;
  readonly channelNames: ReadonlyMap<string, string>;
}

export type Prepared =
  | {
      readonly answers: 'public' | 'private';
      /**
       * It does nothing twice when it runs twice for one interaction, since what it does goes by the
       * interaction's id. Then it also runs where it is not known whose acknowledgement Discord took,
       * so that one whose answer was lost holds nothing up. Others run in one process alone.
       */
      readonly repeatable?: true;
      /** Runs after the acknowledgement. */
      run(answer: Answer): Promise<void>;
    }
  /** A modal must be the first answer; what it brings comes to a {@link FormHandler}. */
  | { readonly answers: 'modal'; readonly modal: ModalBody };

export interface Refused {
  readonly refused: Refusal;
}

/** What a press on a button or a choice in a select does; the rights of whoever pressed are its own business. */
export type ButtonHandler =
  | {
      /**
       * `update`: the message with the button changes; `private`: a message for the presser alone;
       * `public`: a message for all.
       */
      readonly answers: 'update' | 'private' | 'public';
      press(press: Press, answer: Answer): Promise<void>;
    }
  | {
      readonly answers: 'modal';
      /** Without any I/O. */
      modal(press: Press): ModalBody | Refused;
    };

/** What a modal that was filled in does. */
export interface FormHandler {
  readonly answers: 'private' | 'update';
  submit(form: Form, answer: Answer): Promise<void>;
}
