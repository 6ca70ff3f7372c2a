import type { Store } from '../domain/store.ts';
import type { SqliteCall } from './sqlite-protocol.ts';

/** What starts new work; all else is a step of work that already holds credits or that others wait for. */
const newWork: readonly string[] = ['begin', 'beginTogether'] satisfies readonly (keyof Store)[];
const end: keyof Store = 'close';

/** Calls that wait for their turn. */
export interface SqliteQueue {
  add(call: SqliteCall): void;
  /** Steps of running work before new work, each in the order in which they came; closing last of all. */
  next(): SqliteCall | undefined;
}

export function createSqliteQueue(): SqliteQueue {
  const steps: SqliteCall[] = [];
  const beginnings: SqliteCall[] = [];
  const endings: SqliteCall[] = [];
  return {
    add(call) {
      if (call.method === end) endings.push(call);
      else if (newWork.includes(call.method)) beginnings.push(call);
      else steps.push(call);
    },
    next: () => steps.shift() ?? beginnings.shift() ?? endings.shift(),
  };
}
