import type { Clock } from '../clock.ts';
import { ProviderError } from '../domain/provider.ts';
import type { Provider } from '../domain/provider.ts';
import type { Log } from '../log.ts';
import { deadline } from '../schedule.ts';
import { StartError } from '../start-error.ts';

const checkKeyWithinMs = 10_000;

/**
 * A wrong key is found before anybody can ask for anything; an API that is away is not the key's fault.
 *
 * @throws {StartError} where the API says that the key is wrong, or a setting beside it
 */
export async function checkKey(provider: Provider, clock: Clock, log: Log): Promise<void> {
  const { title, keySetting } = provider;
  const limit = deadline(clock, checkKeyWithinMs, () => new Error('no answer in time'));
  try {
    await provider.check(limit.signal);
  } catch (error) {
    if (error instanceof StartError) throw error;
    if (error instanceof ProviderError && error.kind === 'unauthorized')
      throw new StartError(
        `${title} does not accept the key in ${keySetting} (401). Copy it anew from your ${title} account, without spaces.`,
      );
    log.warn({ err: error }, `${title} could not be asked whether the key is good; going on`);
  } finally {
    limit.clear();
  }
}
