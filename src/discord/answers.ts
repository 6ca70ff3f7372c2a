import type { REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Answer } from './answer.ts';
import type { AnswerAddress } from './answer.ts';

/** The open answers of this process: one writer each, whoever writes. */
export interface Answers {
  /** The answer of an interaction, whose token works until `tokenEndsAt` (ms since the epoch). */
  at(address: AnswerAddress & { readonly tokenEndsAt: number }): Answer;
  /** Forgets the answer of an interaction that has its final word. */
  forget(interactionId: string): void;
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
    at(address) {
      const known = open.get(address.interactionId);
      if (known) return known.answer;
      dropEnded();
      const answer = new Answer(tools, address);
      open.set(address.interactionId, { answer, endsAt: address.tokenEndsAt });
      return answer;
    },
    forget(interactionId) {
      open.delete(interactionId);
    },
  };
}
