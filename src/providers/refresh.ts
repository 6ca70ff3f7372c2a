import type { Clock } from '../clock.ts';
import type { Provider } from '../domain/provider.ts';
import type { Log } from '../log.ts';
import { deadline, every } from '../schedule.ts';

const refreshWithinMs = 10_000;
const refreshEveryMs = 60 * 60_000;

/** Reads a provider's models and balance anew, where its API has them; what was known stays where it fails. */
export async function refresh(provider: Provider, clock: Clock, log: Log): Promise<void> {
  if (!provider.refresh) return;
  const limit = deadline(clock, refreshWithinMs, () => new Error('no answer in time'));
  try {
    await provider.refresh(limit.signal);
  } catch (error) {
    log.warn(
      { err: error, provider: provider.name },
      `${provider.title} did not say which models it has; going on with those that are known`,
    );
  } finally {
    limit.clear();
  }
}

/** Refreshes all of them every hour. Returns what ends it. */
export function keepRefreshed({
  providers,
  clock,
  log,
}: {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clock: Clock;
  readonly log: Log;
}): () => Promise<void> {
  return every(
    clock,
    refreshEveryMs,
    async () => {
      await Promise.all([...providers.values()].map((provider) => refresh(provider, clock, log)));
    },
    (error) => {
      log.error({ err: error }, 'the models could not be refreshed');
    },
  );
}
