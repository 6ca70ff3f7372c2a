import { Routes } from 'discord.js';
import type { REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Operator, OperatorNotice } from '../domain/operator.ts';
import type { Log } from '../log.ts';
import { textBody } from '../messages/body.ts';
import { textsFor } from '../messages/texts.ts';

/** The same notice is not repeated within this time. */
const quietMs: Readonly<Record<OperatorNotice['kind'], number>> = {
  'account-closed': 0,
  'provider-out': 0,
  'provider-back': 0,
  spend: 24 * 60 * 60_000,
  'no-room': 60 * 60_000,
};

const levels = {
  'account-closed': 'error',
  'provider-out': 'error',
  'provider-back': 'info',
  spend: 'warn',
  'no-room': 'error',
} as const;

/** Tells the operator in the log and, where `OPERATOR_CHANNEL_ID` is set, in that channel. */
export function createOperator(tools: {
  readonly rest: REST;
  readonly clock: Clock;
  readonly log: Log;
  readonly channelId: string | null;
}): Operator {
  const { rest, clock, log, channelId } = tools;
  const told = new Map<OperatorNotice['kind'], number>();
  return {
    tell(notice) {
      const now = clock.now();
      const last = told.get(notice.kind);
      if (last !== undefined && now - last < quietMs[notice.kind]) return;
      told.set(notice.kind, now);
      const text = textsFor('en-US').operator(notice);
      log[levels[notice.kind]]({ notice: notice.kind }, readable(text));
      if (channelId === null) return;
      rest
        .post(Routes.channelMessages(channelId), { body: textBody(text) })
        .catch((error: unknown) => {
          log.warn({ err: error }, 'the operator’s channel cannot be written to');
        });
    },
  };
}

/** A log shows Discord's timestamps as they are written. */
function readable(text: string): string {
  return text.replaceAll(
    /<t:(\d+):R>/g,
    (_, seconds: string) => `at ${new Date(Number(seconds) * 1000).toISOString()}`,
  );
}
