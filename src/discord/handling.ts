import type { Clock } from '../clock.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Log } from '../log.ts';
import { refusalBody } from '../messages/refusal-body.ts';
import { textsFor } from '../messages/texts.ts';
import type { Metrics } from '../metrics.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';
import type { Refused } from './command.ts';
import { endPlaceholder } from './end-placeholder.ts';
import { problemOf } from './problem.ts';
import { tellRefusal } from './tell-refusal.ts';

/** What every kind of interaction goes through: the first answer, a refusal, an apology for our own bugs. */
export interface Handling {
  /**
   * Sends the first answer, which must come within 3 s. Never throws.
   *
   * @param leaves whether it may be a placeholder, which must not stand for ever
   */
  acknowledge(
    call: Call,
    command: string,
    send: () => Promise<boolean>,
    leaves?: 'placeholder' | 'nothing',
  ): Promise<'ours' | 'taken-before' | 'failed'>;
  /** In place of an acknowledgement. Never throws. */
  refuseAtOnce(call: Call, answer: Answer, refused: Refused): Promise<void>;
  /** After the acknowledgement, where the answer stands or beside it. Never throws. */
  apologise(call: Call, answer: Answer, refusal: Refusal, where: 'there' | 'beside'): Promise<void>;
  /** Writes an error of ours to the log, and says what the member is told. */
  bug(where: string, error: unknown, spentNothing: boolean): Refusal;
}

export function createHandling(tools: {
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): Handling {
  const { clock, log, metrics } = tools;
  return {
    async acknowledge(call, command, send, leaves = 'placeholder') {
      try {
        const ours = await send();
        metrics.acknowledgement.observe(
          { command },
          Math.max(0, clock.now() - call.createdAt) / 1000,
        );
        if (ours) return 'ours';
        if (leaves === 'placeholder') void endPlaceholder(tools, call, command);
        return 'taken-before';
      } catch (error) {
        metrics.acknowledgementFailures.inc({ command });
        log.warn(
          { err: error, interaction: call.interactionId, command, problem: problemOf(error) },
          'an interaction could not be acknowledged; nothing was spent',
        );
        return 'failed';
      }
    },

    async refuseAtOnce(call, answer, { refused }) {
      metrics.refusals.inc({ reason: refused.reason });
      try {
        const texts = textsFor(call.locale);
        await tellRefusal(refused, (told) => answer.replyPrivately(refusalBody(texts, told)));
      } catch (error) {
        log.warn({ err: error, interaction: call.interactionId }, 'a refusal could not be told');
      }
    },

    async apologise(call, answer, refusal, where) {
      const body = refusalBody(textsFor(call.locale), refusal);
      try {
        // Where the answer was removed already there is only a place beside it.
        if (where === 'there' && !answer.removed) await answer.finish(body);
        else await answer.followUpPrivately(body);
      } catch (error) {
        log.warn({ err: error, interaction: call.interactionId }, 'an apology failed');
      }
    },

    bug(where, error, spentNothing) {
      const incident = clock.id().slice(0, 8);
      log.error({ err: error, incident, where }, 'a handler met a bug');
      return { reason: 'bug', incident, spentNothing };
    },
  };
}
