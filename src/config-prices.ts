import { z } from 'zod';
import { providerNames } from './provider-names.ts';

const price = /^([\w.-]+)(?:\/[\w.-]+)?=\d{1,6}$/;

/** `claid=1, stablecog/flux.1=2`: credits per picture, by the provider's name or the model's key. */
export const prices = z.string().transform((text, context): ReadonlyMap<string, number> => {
  const parts = text.split(',').map((part) => part.trim());
  const named = parts.map((part) => price.exec(part)?.[1]);
  const known: readonly (string | undefined)[] = providerNames;
  const message = named.includes(undefined)
    ? 'must be a list of provider=credits or provider/model=credits'
    : named.every((name) => known.includes(name))
      ? undefined
      : `names a provider that there is not (there are: ${providerNames.join(', ')})`;
  if (message !== undefined) context.addIssue({ code: 'custom', message });
  return new Map(
    parts.map((part): [string, number] => {
      const [key = '', credits] = part.split('=');
      return [key, Number(credits)];
    }),
  );
});
