import type { Clock } from '../../clock.ts';
import { sleep } from '../../schedule.ts';
import type { Fault, Faults } from './control.ts';

/** What is to go wrong with one request. */
export interface Mishap {
  readonly fault: Fault;
  /** Resolves when the request may go on: after the delay, when it is released. */
  ready(): Promise<void>;
}

export interface FaultList extends Faults {
  /** The fault for a request, which is thereby used once. */
  take(request: { method: string; route: string; path: string }): Mishap | undefined;
}

interface Entry {
  readonly fault: Fault;
  left: number;
  hits: number;
  readonly gate: PromiseWithResolvers<void>;
  readonly hit: PromiseWithResolvers<void>;
}

/** @param stopped aborted when the stand-in closes, so that no delayed request is left behind */
export function createFaultList(
  clock: Clock,
  onFault: (route: string) => void,
  stopped: AbortSignal,
): FaultList {
  const entries = new Set<Entry>();

  const fits = (
    fault: Fault,
    request: { method: string; route: string; path: string },
  ): boolean => {
    if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
    if (fault.route === undefined) return true;
    return typeof fault.route === 'string'
      ? fault.route === request.route
      : fault.route.test(request.path);
  };

  const remove = (entry: Entry): void => {
    entry.gate.resolve();
    entries.delete(entry);
  };

  return {
    add(fault) {
      const entry: Entry = {
        fault,
        left: fault.times ?? 1,
        hits: 0,
        gate: Promise.withResolvers<void>(),
        hit: Promise.withResolvers<void>(),
      };
      entries.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        hit: entry.hit.promise,
        release: () => entry.gate.resolve(),
        remove: () => remove(entry),
      };
    },
    clear() {
      for (const entry of entries) remove(entry);
    },
    take(request) {
      for (const entry of entries) {
        if (entry.left <= 0 || !fits(entry.fault, request)) continue;
        const { fault } = entry;
        entry.left -= 1;
        entry.hits += 1;
        entry.hit.resolve();
        onFault(request.route);
        return {
          fault,
          async ready() {
            // Closing ends the wait; the connection is gone by then.
            if (fault.delayMs !== undefined)
              await sleep(clock, fault.delayMs, stopped).catch(() => undefined);
            if (fault.hold === true) await entry.gate.promise;
          },
        };
      }
      return undefined;
    },
  };
}
