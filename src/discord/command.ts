import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { Refusal } from '../domain/refusal.ts';
import type { Answer } from './answer.ts';
import type { Call, Press } from './call.ts';

/** A slash command: what Discord is told, and what we do about it. */
export interface Command {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /**
   * Checks what was given, without any I/O, and says how it will be answered. Options are as they
   * came, since a client can be bypassed.
   */
  prepare(call: Call, options: Readonly<Record<string, unknown>>): Prepared | Refused;
  /** By the action of their custom id. */
  readonly buttons: Readonly<Record<string, ButtonHandler>>;
}

export interface Prepared {
  readonly answers: 'public' | 'private';
  /** Runs after the acknowledgement. */
  run(answer: Answer): Promise<void>;
}

export interface Refused {
  readonly refused: Refusal;
}

/** What a press on a button does; the rights of whoever pressed are its own business. */
export interface ButtonHandler {
  /** `update`: the message with the button changes; `private`: a message for the presser alone. */
  readonly answers: 'update' | 'private';
  press(press: Press, answer: Answer): Promise<void>;
}
