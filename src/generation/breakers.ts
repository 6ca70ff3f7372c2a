import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import type { Clock } from '../clock.ts';
import type { Operator } from '../domain/operator.ts';
import { ProviderError } from '../domain/provider.ts';
import type { Provider, ProviderErrorKind } from '../domain/provider.ts';

/** So many failures in a row, and the API is left alone for so long. */
const failures = 5;
export const leftAloneMs = 60_000;
/** Nobody is told to come back sooner. */
const leastWaitMs = 5_000;

/** What says that the API itself is in trouble, and not the request or the account. */
const troubles: ReadonlySet<ProviderErrorKind> = new Set(['unavailable', 'timeout', 'protocol']);

/** Keeps a failing API out for a while; then one request tries whether it is back. */
export interface Breakers {
  /** Until when it is left alone (ms since the epoch), while one request tries it too; else `undefined`. */
  outUntil(provider: Pick<Provider, 'account'>): number | undefined;
  /**
   * Asks the API. The operator is told once when it is left alone, and when it is back.
   *
   * @throws {ProviderError} of the task, or `unavailable` with nothing made while it is left alone
   */
  run<T>(provider: Provider, task: () => Promise<T>): Promise<T>;
}

interface Breaker {
  readonly policy: CircuitBreakerPolicy;
  /** Until when it is left alone or, while one request tries it, until when that should be over. */
  until: number;
  told: boolean;
}

/** What came of a request that says nothing of the API's health: an answer, or a refusal of it. */
type Outcome<T> = { readonly answer: T } | { readonly refusal: unknown };

export function createBreakers(clock: Clock, operator: Operator): Breakers {
  const breakers = new Map<string, Breaker>();

  function create({ title }: Pick<Provider, 'title'>): Breaker {
    const policy = circuitBreaker(handleWhen(isTrouble), {
      breaker: new ConsecutiveBreaker(failures),
      // How long it is left alone is counted below, by the clock that everything else goes by.
      halfOpenAfter: 0,
    });
    const breaker: Breaker = { policy, until: 0, told: false };
    policy.onBreak((reason) => {
      breaker.until = clock.now() + leftAloneMs;
      if (!breaker.told)
        operator.tell({
          kind: 'provider-out',
          provider: title,
          why: 'error' in reason && reason.error instanceof Error ? reason.error.message : '',
          until: breaker.until,
        });
      breaker.told = true;
    });
    policy.onReset(() => {
      breaker.told = false;
      operator.tell({ kind: 'provider-back', provider: title });
    });
    return breaker;
  }

  function outUntil({ account }: Pick<Provider, 'account'>): number | undefined {
    const breaker = breakers.get(account);
    if (!breaker || breaker.policy.state === CircuitState.Closed) return undefined;
    const now = clock.now();
    const isTried = breaker.policy.state === CircuitState.HalfOpen;
    if (isTried) return Math.max(breaker.until, now + leastWaitMs);
    return now < breaker.until ? breaker.until : undefined;
  }

  return {
    outUntil,
    async run(provider, task) {
      const breaker = breakers.get(provider.account) ?? create(provider);
      breakers.set(provider.account, breaker);
      if (outUntil(provider) !== undefined)
        throw new ProviderError(
          'unavailable',
          'nothing-made',
          `${provider.title} is left alone for a while`,
        );
      if (breaker.policy.state !== CircuitState.Closed) breaker.until = clock.now() + leftAloneMs;
      const outcome = await breaker.policy.execute(() => outcomeOf(task));
      if ('refusal' in outcome) throw outcome.refusal;
      return outcome.answer;
    },
  };
}

/** An API that refuses is there all the same; only trouble of its own is thrown. */
async function outcomeOf<T>(task: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await task() };
  } catch (error) {
    if (isTrouble(error)) throw error;
    return { refusal: error };
  }
}

function isTrouble(error: unknown): boolean {
  return error instanceof ProviderError && troubles.has(error.kind);
}
