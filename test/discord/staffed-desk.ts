import { existsSync } from 'node:fs';
import { Events } from 'discord.js';
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import { createAnswers } from '../../src/discord/answers.ts';
import type { Call } from '../../src/discord/call.ts';
import { createClient } from '../../src/discord/client.ts';
import type { Command, Given } from '../../src/discord/command.ts';
import { connect, disconnect } from '../../src/discord/connect.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createLog } from '../../src/log.ts';
import { textBody } from '../../src/messages/body.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { Metrics } from '../../src/metrics.ts';
import { createShiftedClock } from '../../src/playground/clock.ts';
import type { ShiftedClock } from '../../src/playground/clock.ts';
import type { Discord } from '../../src/playground/discord/control.ts';
import { startDiscord } from '../../src/playground/discord/discord.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;

export interface StaffedDesk {
  readonly discord: Discord;
  readonly clock: ShiftedClock;
  readonly metrics: Metrics;
  /** What was logged, one JSON object a line. */
  readonly log: string[];
  /** Whether the bot's client knows a channel. */
  readonly keeps: (channelId: string) => boolean;
  readonly stop: () => void;
  /** Resolves when no interaction is being handled. */
  readonly idle: () => Promise<void>;
}

/** Dispatch with these commands between the bot's own client and a stand-in Discord. */
export async function staffDesk(
  commands: readonly Command[],
  { expectViolations = false, processes = 1 } = {},
): Promise<StaffedDesk> {
  const clock = createShiftedClock();
  const discord = await startDiscord({
    clock,
    ...(existsSync(openApiPath) ? { openApiPath } : {}),
  });
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    secrets: [],
    destination: { write: (line) => void lines.push(line) },
  });
  const metrics = createMetrics();
  const desks = Array.from({ length: processes }, () => {
    const client = createClient(discord.apiUrl);
    const answers = createAnswers({ rest: client.rest, clock, log });
    const offerWaiting = (): Promise<void> => Promise.resolve();
    const dispatch = createDispatch({ commands, answers, clock, log, metrics, offerWaiting });
    client.on(Events.InteractionCreate, (interaction) => void dispatch.take(interaction));
    return { client, dispatch };
  });
  onTestFinished(async () => {
    for (const { client, dispatch } of desks) {
      await dispatch.idle();
      await disconnect(client);
    }
    if (!expectViolations) expect(discord.violations).toEqual([]);
    await discord.close();
  });
  for (const { client } of desks) await connect(client, discord.token, clock);
  const { rest } = desks[0]?.client ?? createClient(null);
  const definitions = commands.map(({ definition }) => definition);
  await registerCommands({
    rest,
    applicationId: discord.applicationId,
    guildId: null,
    definitions,
    log,
  });
  return {
    discord,
    clock,
    metrics,
    log: lines,
    keeps: (channelId) => desks.some(({ client }) => client.channels.cache.has(channelId)),
    async idle() {
      for (const { dispatch } of desks) await dispatch.idle();
    },
    stop() {
      for (const { dispatch } of desks) dispatch.stop();
    },
  };
}

/** A command that notes what it was called with, and says so. */
export function listening(definition: RESTPostAPIApplicationCommandsJSONBody): {
  readonly command: Command;
  readonly heard: { readonly call: Call; readonly given: Given }[];
} {
  const heard: { readonly call: Call; readonly given: Given }[] = [];
  const command: Command = {
    definition,
    prepare(call, given) {
      heard.push({ call, given });
      return {
        answers: 'private',
        async run(answer) {
          await answer.finish(textBody('heard'));
        },
      };
    },
    buttons: {},
  };
  return { command, heard };
}
