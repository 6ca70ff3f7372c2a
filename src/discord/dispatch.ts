import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { textBody } from '../messages/body.ts';
import { readCustomId } from '../messages/custom-id.ts';
import { textsFor } from '../messages/texts.ts';
import type { Answer } from './answer.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { Answers } from './answers.ts';
import type { Command, Prepared, Refused } from './command.ts';
import { problemOf } from './problem.ts';

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
  readonly definitions: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[];
  take(interaction: Interaction): Promise<void>;
  /** From now on everything is refused, kindly. */
  stop(): void;
  /** Resolves when no interaction is being handled. */
  idle(): Promise<void>;
}

export function createDispatch(tools: DispatchTools): Dispatch {
  const { clock, log, metrics } = tools;
  const commands = new Map(tools.commands.map((command) => [command.definition.name, command]));
  const underWay = new Set<Promise<void>>();
  let stopping = false;

  async function takeCommand(interaction: ChatInputCommandInteraction): Promise<void> {
    const call = readCall(interaction);
    const name = interaction.commandName;
    const answer = tools.answers.at(call);
    const prepared = prepare(name, call, interaction);
    if ('refused' in prepared) return refuseAtOnce(call, answer, prepared.refused);
    // Whether or not another process heard of it too: a generation begins once for each interaction.
    if ((await acknowledge(call, name, answer, prepared.answers)) === 'failed') return;
    try {
      await prepared.run(answer);
    } catch (error) {
      await apologise(call, answer, bug(name, error));
    }
    if (answer.finished) await tools.offerWaiting(call, answer);
  }

  function prepare(
    name: string,
    call: Call,
    interaction: ChatInputCommandInteraction,
  ): Prepared | Refused {
    if (stopping) return { refused: { reason: 'stopping' } };
    const command = commands.get(name);
    if (!command) return { refused: { reason: 'gone' } };
    try {
      return command.prepare(call, optionsOf(interaction));
    } catch (error) {
      return { refused: bug(name, error) };
    }
  }

  async function takePress(interaction: ButtonInteraction): Promise<void> {
    const id = readCustomId(interaction.customId);
    const handler = id && commands.get(id.command)?.buttons[id.action];
    const press = { ...readCall(interaction), ref: id?.ref ?? '' };
    const answer = tools.answers.at(press);
    if (stopping) return refuseAtOnce(press, answer, { reason: 'stopping' });
    if (!handler) return refuseAtOnce(press, answer, { reason: 'gone' });
    const name = `${id.command}:${id.action}`;
    // Of several processes that hear of a press, the one whose acknowledgement was taken goes on.
    if ((await acknowledge(press, name, answer, handler.answers)) !== 'ours') return;
    try {
      await handler.press(press, answer);
    } catch (error) {
      const apology = textBody(textsFor(press.locale).refusal(bug(name, error, false)));
      await answer.followUpPrivately(apology);
    }
  }

  async function acknowledge(
    call: Call,
    command: string,
    answer: Answer,
    how: 'public' | 'private' | 'update',
  ): Promise<'ours' | 'taken-before' | 'failed'> {
    try {
      const ours = await answer.acknowledge(how);
      metrics.acknowledgement.observe(
        { command },
        Math.max(0, clock.now() - call.createdAt) / 1000,
      );
      return ours ? 'ours' : 'taken-before';
    } catch (error) {
      metrics.acknowledgementFailures.inc({ command });
      log.warn(
        { err: error, interaction: call.interactionId, command, problem: problemOf(error) },
        'an interaction could not be acknowledged; nothing was spent',
      );
      return 'failed';
    }
  }

  async function refuseAtOnce(call: Call, answer: Answer, refusal: Refusal): Promise<void> {
    metrics.refusals.inc({ reason: refusal.reason });
    try {
      await answer.replyPrivately(textBody(textsFor(call.locale).refusal(refusal)));
    } catch (error) {
      log.warn({ err: error, interaction: call.interactionId }, 'a refusal could not be told');
    }
  }

  /** After the acknowledgement an own bug is told where the answer stands. */
  async function apologise(call: Call, answer: Answer, refusal: Refusal): Promise<void> {
    try {
      await answer.finish(textBody(textsFor(call.locale).refusal(refusal)));
    } catch (error) {
      log.warn({ err: error, interaction: call.interactionId }, 'an apology failed');
    }
  }

  function bug(where: string, error: unknown, spentNothing = true): Refusal {
    const incident = clock.id().slice(0, 8);
    log.error({ err: error, incident, where }, 'a handler met a bug');
    return { reason: 'bug', incident, spentNothing };
  }

  async function route(interaction: Interaction): Promise<void> {
    try {
      if (interaction.isChatInputCommand()) await takeCommand(interaction);
      else if (interaction.isButton()) await takePress(interaction);
    } catch (error) {
      bug('dispatch', error);
    } finally {
      tools.answers.forget(interaction.id);
    }
  }

  return {
    definitions: tools.commands.map(({ definition }) => definition),
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

/** Options as they came, by name. */
function optionsOf(interaction: ChatInputCommandInteraction): Record<string, unknown> {
  return Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value]));
}
