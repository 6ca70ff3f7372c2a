import type { Clock } from '../../clock.ts';
import type { Model } from '../../domain/model.ts';
import type { KnownBalance } from '../../domain/provider.ts';
import { jsonOf } from '../answer-body.ts';
import type { Calls } from '../call.ts';
import {
  readCredits,
  readDefaults,
  readModels,
  type ListedModel,
  type StablecogDefaults,
} from './stablecog-answer.ts';
import { stablecogError } from './stablecog-failure.ts';
import { listedModels, wellKnownModels, type StablecogModel } from './stablecog-model.ts';
import type { StablecogPaths } from './stablecog-paths.ts';

/** What is known of an account at Stablecog and of the models there. */
export interface StablecogKnowledge {
  models(): readonly Model[];
  /** By its key; the first for a request that names none. */
  find(key: string): StablecogModel | undefined;
  balance(): KnownBalance | undefined;
  /** Takes what an answer says of the credits left. */
  noteBalance(credits: number): void;
  /** Reads models, defaults and balance; what was known stays where that fails. @throws {ProviderError} */
  refresh(signal: AbortSignal): Promise<void>;
  /** Reads the balance, which needs a good key. @throws {ProviderError} */
  readBalance(signal: AbortSignal): Promise<void>;
}

/** The well-known models stand in until the API's list could be read. */
export function createStablecogKnowledge(options: {
  readonly calls: Calls;
  readonly paths: StablecogPaths;
  readonly clock: Clock;
  /** Whether all that the account makes can be seen by everybody. */
  readonly isPublic: boolean;
}): StablecogKnowledge {
  const { calls, paths, clock, isPublic } = options;
  let list: readonly ListedModel[] | undefined;
  let defaults: StablecogDefaults = {};
  let known = wellKnownModels(isPublic);
  let balance: KnownBalance | undefined;

  async function get<T>(
    path: string,
    read: (json: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<T> {
    const answer = await calls.get(path, { signal });
    if (answer.status !== 200) throw stablecogError(calls, answer);
    const found = read(jsonOf(answer));
    if (found === undefined) throw calls.unreadable(answer);
    return found;
  }

  function noteBalance(credits: number): void {
    balance = { credits, at: clock.now() };
  }

  async function readBalance(signal: AbortSignal): Promise<void> {
    noteBalance(await get(paths.credits, readCredits, signal));
  }

  async function readList(signal: AbortSignal): Promise<void> {
    list = await get(paths.models, readModels, signal);
  }

  async function readDefaultsAnew(signal: AbortSignal): Promise<void> {
    defaults = await get(paths.defaults, readDefaults, signal);
  }

  return {
    models: () => known.map(({ model }) => model),
    find: (key) =>
      key === '' || key === 'stablecog' ? known[0] : known.find(({ model }) => model.key === key),
    balance: () => balance,
    noteBalance,
    readBalance,
    async refresh(signal) {
      const reads = [readList(signal), readDefaultsAnew(signal), readBalance(signal)];
      const results = await Promise.allSettled(reads);
      if (list !== undefined) known = listedModels(list, defaults, isPublic);
      const failed = results.find((it) => it.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}
