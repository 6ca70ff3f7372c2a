import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { apiError } from './api-error.ts';
import type { EventBus } from './event-bus.ts';
import type { Interaction } from './interaction.ts';
import type { Acknowledgement } from './person.ts';
import type { Snowflakes } from './snowflake.ts';

/** Every interaction, with its two deadlines. Source: interactions/receiving-and-responding. */
export interface InteractionBook {
  open(
    facts: Pick<
      Interaction,
      'type' | 'user' | 'channel' | 'command' | 'inMenu' | 'sourceId' | 'openedBy'
    >,
  ): Interaction;
  get(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** The interaction that may be answered now. @throws {ApiError} 10062, 40060 */
  toAnswer(id: string, token: string): Interaction;
  /** The interaction whose webhook may be used now. @throws {ApiError} 10015, 50027 */
  toFollow(token: string): Interaction;
  acknowledge(interaction: Interaction, how: WithoutTime<Acknowledgement>): void;
  /** Stops all timers. */
  close(): void;
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'afterMs'> : never;

const acknowledgeWithinMs = 3000;
const tokenLifeMs = 15 * 60_000;

export function createInteractionBook(
  clock: Clock,
  ids: Snowflakes,
  events: EventBus,
): InteractionBook {
  const byId = new Map<string, Interaction>();
  const tokens = new Map<string, Interaction>();
  const timers = new Map<string, () => void>();

  const settle = (interaction: Interaction, acknowledgement: Acknowledgement): void => {
    timers.get(interaction.id)?.();
    timers.delete(interaction.id);
    interaction.acknowledgement = acknowledgement;
    interaction.settled.resolve(acknowledgement);
    events.emit({
      type: acknowledgement.kind === 'failed' ? 'interaction-failed' : 'interaction-acknowledged',
      interactionId: interaction.id,
      acknowledgement,
    });
  };

  // A request can come in before the timer of an overdue interaction was run.
  const expire = (interaction: Interaction): void => {
    const afterMs = clock.now() - interaction.createdAt;
    if (interaction.acknowledgement === undefined && afterMs >= acknowledgeWithinMs)
      settle(interaction, { kind: 'failed', afterMs });
  };

  return {
    open(facts) {
      const id = ids.next();
      const interaction: Interaction = {
        ...facts,
        id,
        token: Buffer.from(`interaction:${id}:${randomBytes(96).toString('hex')}`).toString(
          'base64url',
        ),
        createdAt: clock.now(),
        settled: Promise.withResolvers<Acknowledgement>(),
        acknowledgement: undefined,
        originalId: undefined,
        followUpIds: [],
        modal: undefined,
        choices: undefined,
      };
      byId.set(id, interaction);
      tokens.set(interaction.token, interaction);
      timers.set(
        id,
        clock.setTimer(() => expire(interaction), acknowledgeWithinMs),
      );
      events.emit({
        type: 'interaction-created',
        interactionId: id,
        by: interaction.user.name,
      });
      return interaction;
    },
    get: (id) => byId.get(id),
    byToken: (token) => tokens.get(token),
    toAnswer(id, token) {
      const interaction = byId.get(id);
      if (interaction === undefined || interaction.token !== token) throw apiError(10062);
      expire(interaction);
      if (interaction.acknowledgement?.kind === 'failed') throw apiError(10062);
      if (interaction.acknowledgement !== undefined) throw apiError(40060);
      return interaction;
    },
    toFollow(token) {
      const interaction = tokens.get(token);
      if (interaction === undefined) throw apiError(10015);
      if (clock.now() >= interaction.createdAt + tokenLifeMs) throw apiError(50027);
      expire(interaction);
      const { acknowledgement } = interaction;
      if (acknowledgement === undefined || acknowledgement.kind === 'failed') throw apiError(10015);
      return interaction;
    },
    acknowledge(interaction, how) {
      settle(interaction, { ...how, afterMs: clock.now() - interaction.createdAt });
    },
    close() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
