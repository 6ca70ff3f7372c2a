/** The providers' names in settings and in the store, in the order in which they are offered. */
export const providerNames = ['claid', 'stablecog', 'kidjig', 'openai'] as const;

export type ProviderName = (typeof providerNames)[number];

/** The settings of which one configures a provider. */
export const configuringSettings: Readonly<Record<ProviderName, readonly string[]>> = {
  claid: ['CLAID_API_KEY'],
  stablecog: ['STABLECOG_API_KEY'],
  kidjig: ['KIDJIG_API_KEY'],
  openai: ['OPENAI_API_KEY', 'OPENAI_API_URL'],
};
