import { systemClock } from '../../clock.ts';
import type { DiscordEvent, DiscordEvents, EventOf } from './event.ts';
import type { Truthy, WaitOptions } from './person.ts';

export interface EventBus extends DiscordEvents {
  emit(event: DiscordEvent): void;
}

const defaultLimitMs = 10_000;

/** A plain emitter whose waits end on events; only their limit is measured in real time. */
export function createEventBus(describe: () => string): EventBus {
  const listeners = new Set<(event: DiscordEvent) => void>();

  const bus: EventBus = {
    emit(event) {
      // Those that come or go while it is told do not disturb the round.
      const round = Array.from(listeners);
      for (const listener of round) if (listeners.has(listener)) listener(event);
    },
    on<T extends DiscordEvent['type']>(
      type: T | '*',
      listener: ((event: EventOf<T>) => void) & ((event: DiscordEvent) => void),
    ): () => void {
      const call = (event: DiscordEvent): void => {
        if (type === '*' || event.type === type) listener(event);
      };
      listeners.add(call);
      return () => {
        listeners.delete(call);
      };
    },
    async next<T extends DiscordEvent['type']>(
      type: T,
      fits: (event: EventOf<T>) => boolean = () => true,
      options: WaitOptions = {},
    ): Promise<EventOf<T>> {
      let found: EventOf<T> | undefined;
      const stop = bus.on(type, (event) => {
        if (found === undefined && fits(event)) found = event;
      });
      try {
        return await bus.until(() => found, { what: `the event ${type}`, ...options });
      } finally {
        stop();
      }
    },
    until<T>(look: () => T, options: WaitOptions = {}): Promise<Truthy<T>> {
      const { what = 'something', limitMs = defaultLimitMs } = options;
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          listeners.delete(check);
          cancel();
        };
        const check = (): void => {
          try {
            const seen = look();
            if (!isTruthy(seen)) return;
            stop();
            resolve(seen);
          } catch (error) {
            stop();
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        // The limit says that a test hangs: it must not pass when the stand-in's clock is moved on.
        const cancel = systemClock.setTimer(() => {
          stop();
          reject(
            new Error(`${what} did not come within ${limitMs} ms of real time. ${describe()}`),
          );
        }, limitMs);
        listeners.add(check);
        check();
      });
    },
  };
  return bus;
}

function isTruthy<T>(value: T): value is T & Truthy<T> {
  return Boolean(value);
}
