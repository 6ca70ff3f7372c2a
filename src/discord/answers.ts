import type { Clock } from '../clock.ts';
import type { REST } from 'discord.js';
import type { Destination } from '../domain/destination.ts';
import type { Log } from '../log.ts';
import { Answer } from './answer.ts';

/** The open answers of this process: one writer each, whoever writes. */
export interface Answers {
  /** The answer at a destination; `undefined` where its token has been wiped. */
  at(destination: Destination): Answer | undefined;
  /** Forgets an answer that has its final word. */
  forget(destination: Destination): void;
}

export function createAnswers(tools: { rest: REST; clock: Clock; log: Log }): Answers {
  const open = new Map<string, { readonly answer: Answer; readonly endsAt: number }>();
  /** Those whose token is dead can have no final word any more; the oldest stand first. */
  const dropEnded = (): void => {
    for (const [id, { endsAt }] of open) {
      if (endsAt > tools.clock.now()) return;
      open.delete(id);
    }
  };
  return {
    at({ applicationId, interactionId, token, tokenEndsAt }) {
      if (token === null) return undefined;
      const known = open.get(interactionId);
      if (known) return known.answer;
      dropEnded();
      const answer = new Answer(tools, { applicationId, interactionId, token });
      open.set(interactionId, { answer, endsAt: tokenEndsAt });
      return answer;
    },
    forget({ interactionId }) {
      open.delete(interactionId);
    },
  };
}
