import { ApplicationCommandType } from 'discord.js';
import type { Interaction, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';
import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import { createHandling } from './handling.ts';
import { takeCommand } from './take-command.ts';
import { takeForm } from './take-form.ts';
import { takePress } from './take-press.ts';
import { takeTyping } from './take-typing.ts';

export interface DispatchTools {
  readonly commands: readonly Command[];
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Runs when a member's command has its answer, to offer what could not be posted before. */
  offerWaiting(call: Call, answer: Answer): Promise<void>;
}

/** Takes interactions to their handlers: check, acknowledge, run, and an apology for our own bugs. */
export interface Dispatch {
  /** What Discord is to be told of the commands. */
  readonly definitions: readonly RESTPostAPIApplicationCommandsJSONBody[];
  take(interaction: Interaction): Promise<void>;
  /** From now on everything is refused, kindly. */
  stop(): void;
  /** Resolves when no interaction is being handled. */
  idle(): Promise<void>;
}

export function createDispatch(tools: DispatchTools): Dispatch {
  const { commands, log } = tools;
  const handling = createHandling(tools);
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  const desk: Desk = {
    ...handling,
    answers: tools.answers,
    get stopping() {
      return stopping;
    },
    command: (name, type) =>
      commands.find(({ definition }) => definition.name === name && typeOf(definition) === type),
    owner: (id) => commands.find(({ definition }) => definition.name === id.command),
    offerWaiting: (call, answer) => tools.offerWaiting(call, answer),
  };

  async function route(interaction: Interaction): Promise<void> {
    try {
      if (interaction.isChatInputCommand() || interaction.isContextMenuCommand())
        await takeCommand(desk, interaction);
      else if (interaction.isButton() || interaction.isAnySelectMenu())
        await takePress(desk, interaction);
      else if (interaction.isModalSubmit()) await takeForm(desk, interaction);
      else if (interaction.isAutocomplete()) await takeTyping(desk, log, interaction);
    } catch (error) {
      handling.bug('dispatch', error, true);
    } finally {
      tools.answers.forget(interaction.id);
      forgetDirectMessages(interaction);
    }
  }

  return {
    definitions: commands.map(({ definition }) => definition),
    async take(interaction) {
      const task = route(interaction);
      underWay.add(task);
      await task;
      underWay.delete(task);
    },
    stop() {
      stopping = true;
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** The client would keep a channel for everybody who ever wrote to the bot. */
function forgetDirectMessages({ client, channel }: Interaction): void {
  if (channel?.isDMBased()) client.channels.cache.delete(channel.id);
}

/** A definition without a type is that of a slash command. */
function typeOf({ type }: RESTPostAPIApplicationCommandsJSONBody): ApplicationCommandType {
  return type ?? ApplicationCommandType.ChatInput;
}
