import type { StandInName } from '../../../src/playground/stand-ins.ts';
import type { Ending } from './ended.ts';

/** A durable write of a generation, and what is left where the bot dies right after it. */
export interface Step {
  readonly write: string;
  readonly state: 'queued' | 'sent' | 'made';
  /** How it ends once another bot has gone on with it. */
  readonly ending: Ending;
}

const begins: Step = {
  write: 'insert generations, insert ledger_entries, insert ledger_buckets',
  state: 'queued',
  ending: 'made',
};
/** Nothing has gone out yet, but nobody can know that. */
const isSent: Step = {
  write: 'update generations, insert departures',
  state: 'sent',
  ending: 'unknown',
};
const isMade: Step = {
  write: 'update generations, insert ledger_entries, insert ledger_buckets, insert accounts',
  state: 'made',
  ending: 'made',
};
/** The folder and the two pictures, which take turns. */
const spools = (state: Step['state'], ending: Ending): readonly Step[] =>
  Array.from({ length: 7 }, () => ({ write: 'fsync or rename', state, ending }));
const isPosted: readonly Step[] = [
  { ...isMade, write: 'update generations' },
  { ...isMade, write: 'update generations' },
  { ...isMade, write: 'update generations' },
  { ...isMade, write: 'insert guild_log' },
];

/** The durable writes of one generation of two pictures, in order. */
export const stepsOf: Readonly<Record<StandInName, readonly Step[]>> = {
  claid: [begins, isSent, isMade, ...spools('made', 'made'), ...isPosted],
  stablecog: [begins, isSent, isMade, ...spools('made', 'made'), ...isPosted],
  kidjig: [
    begins,
    isSent,
    // The job is written down, so that it can be gone on with.
    { write: 'update generations', state: 'sent', ending: 'made' },
    isMade,
    ...spools('made', 'made'),
    ...isPosted,
  ],
  // Its answers are the pictures themselves: they are in the spool before they are settled.
  openai: [begins, isSent, ...spools('sent', 'unknown'), isMade, ...isPosted],
};
