import type { Generation } from '../domain/generation.ts';
import type { Usage } from '../domain/ledger.ts';
import type { ProviderResult } from '../domain/provider.ts';
import type { Source } from '../domain/source.ts';
import type { Parts } from './parts.ts';

/**
 * Writes down what was made and what it cost, in one transaction; bytes that came inline are in the
 * spool before it. Throws where the generation is no longer `sent`.
 */
export async function settle(
  parts: Parts,
  generation: Generation,
  result: ProviderResult,
): Promise<{ readonly generation: Generation; readonly usage: Usage }> {
  const { id, price } = generation;
  const sources = await Promise.all(
    result.pictures.map(async (picture, index): Promise<Source> => {
      if (picture.kind === 'address') return picture;
      await parts.pictures.put({ generationId: id, index }, picture);
      return { kind: 'spooled' };
    }),
  );
  const credits = price * sources.length;
  const at = parts.clock.now();
  const usage = await parts.store.settle(id, {
    sources,
    credits,
    providerCost: result.providerCost,
    requestId: result.requestId,
    warnings: result.warnings,
    at,
  });
  if (!usage)
    throw new Error('the generation was not in the state sent when it came to be settled');
  parts.metrics.credits.inc({ provider: generation.provider }, credits);
  return {
    generation: {
      ...generation,
      state: 'made',
      delivery: 'pending',
      sources,
      credits,
      requestId: result.requestId ?? null,
      warnings: result.warnings,
      madeAt: at,
    },
    usage,
  };
}
