import type { Generation } from '../../src/domain/generation.ts';
import type { Parts } from '../../src/generation/parts.ts';

/** The name for people of the provider that made it; one that is there no more goes by its plain name. */
export function providerTitle(
  { providers }: Pick<Parts, 'providers'>,
  { provider }: Generation,
): string {
  return providers.get(provider)?.title ?? provider;
}
