import type { StandInName } from '../../../src/playground/stand-ins.ts';
import type { Ending } from './ended.ts';
import type { Scene } from './scene.ts';

/** A moment between two durable writes, while an API has the word. */
export interface Moment {
  readonly name: string;
  /** Called before the request. Resolves when the moment has come; what it resolves with ends it. */
  comes(scene: Scene): Promise<() => Promise<unknown>>;
  /** How the generation ends once another bot has gone on with it. */
  readonly ending: Ending;
}

/** Its request is out, and what it asks for is made, before or after the bot has died. */
function isOut(charged: boolean, ending: Ending): Moment {
  return {
    name: `its request is out and ${charged ? 'charged' : 'not charged yet'}`,
    ending,
    async comes({ api }) {
      const gate = Promise.withResolvers<void>();
      api.faults.next({ kind: 'hold', until: gate.promise, charged });
      await (charged
        ? api.next('charge')
        : api.next('request', ({ prompt }) => prompt !== undefined));
      return () => {
        const made = charged ? Promise.resolve() : api.next('charge');
        gate.resolve();
        return made;
      };
    },
  };
}

/** It asks how a job is doing, or for what it made. */
function asksFor(operation: string): Moment {
  return {
    name: `it asks for the ${operation}`,
    ending: 'made',
    async comes({ api }) {
      api.faults.nextAt(operation, { kind: 'hang' });
      await api.next('request', ({ path }) => path.includes(`/${operation}/`));
      return () => Promise.resolve();
    },
  };
}

/** Each API's moments. What can be found or gone on with is never lost. */
export const momentsOf: Readonly<Record<StandInName, readonly Moment[]>> = {
  claid: [isOut(false, 'unknown'), isOut(true, 'unknown')],
  stablecog: [isOut(false, 'made'), isOut(true, 'made')],
  // Nobody has heard the id of the job yet.
  kidjig: [isOut(false, 'unknown'), isOut(true, 'unknown'), asksFor('status'), asksFor('result')],
  openai: [isOut(false, 'unknown'), isOut(true, 'unknown')],
};
