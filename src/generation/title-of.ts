import type { Generation } from '../domain/generation.ts';
import type { Parts } from './parts.ts';

/** The name for people of the model that made it; what is there no more goes by its plain name. */
export function titleOf(
  { catalogue, providers }: Pick<Parts, 'catalogue' | 'providers'>,
  { request, provider }: Pick<Generation, 'request' | 'provider'>,
): string {
  const title = catalogue.find(request.model)?.model.title;
  return title ?? providers.get(provider)?.title ?? (request.model || provider);
}
