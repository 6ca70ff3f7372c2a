import { hostOf } from './host-of.ts';

/**
 * The hosts (`host:port`) of the addresses that the operator configured. The provider's public one is
 * none of them: what it names must be as public as it is.
 *
 * @param publicHost of the provider's own API, for example `api.claid.ai:443`
 */
export function trustedHosts(
  publicHost: string,
  apiUrl: string,
  ...others: readonly string[]
): readonly string[] {
  return [...[hostOf(apiUrl)].filter((host) => host !== publicHost), ...others.map(hostOf)];
}
