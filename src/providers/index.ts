import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Provider } from '../domain/provider.ts';
import type { Log } from '../log.ts';
import { providerNames, type ProviderName } from '../provider-names.ts';
import type { ClaidOutput } from './claid/claid-address.ts';
import { createClaid } from './claid/claid.ts';
import { createKidjig } from './kidjig/kidjig.ts';
import { createOpenai } from './openai/openai.ts';
import { createStablecog } from './stablecog/stablecog.ts';

/** Opens one provider; `undefined` where it is not configured. */
type Open = (config: Config, clock: Clock, log: Log | undefined) => Provider | undefined;

const seconds = 1000;

/** The table of providers, one row each. */
const table: Readonly<Record<ProviderName, Open>> = {
  claid: (config, clock) =>
    config.CLAID_API_KEY === null
      ? undefined
      : createClaid({
          apiKey: config.CLAID_API_KEY,
          apiUrl: config.CLAID_API_URL,
          output: claidOutput(config),
          windows: config.CLAID_RATE_LIMITS,
          timeoutMs: config.CLAID_TIMEOUT_SECONDS * seconds,
          clock,
        }),
  stablecog: (config, clock) =>
    config.STABLECOG_API_KEY === null
      ? undefined
      : createStablecog({
          apiKey: config.STABLECOG_API_KEY,
          apiUrl: config.STABLECOG_API_URL,
          oldPaths: config.STABLECOG_OLD_PATHS,
          plan: config.STABLECOG_PLAN,
          windows: config.STABLECOG_RATE_LIMITS,
          timeoutMs: config.STABLECOG_TIMEOUT_SECONDS * seconds,
          clock,
        }),
  kidjig: (config, clock, log) =>
    config.KIDJIG_API_KEY === null
      ? undefined
      : createKidjig({
          apiKey: config.KIDJIG_API_KEY,
          apiUrl: config.KIDJIG_API_URL,
          setting: config.KIDJIG_MODELS,
          windows: config.KIDJIG_RATE_LIMITS,
          timeoutMs: config.KIDJIG_TIMEOUT_SECONDS * seconds,
          clock,
          log,
        }),
  openai: (config, clock) =>
    config.OPENAI_API_KEY === null && config.OPENAI_API_URL === null
      ? undefined
      : createOpenai({
          apiKey: config.OPENAI_API_KEY,
          apiUrl: config.OPENAI_API_URL ?? 'https://api.openai.com/v1',
          server: config.OPENAI_SERVER,
          models: config.OPENAI_MODELS,
          sidePixels: config.OPENAI_SIDE_PIXELS,
          parallelJobs: config.OPENAI_PARALLEL_JOBS,
          unfiltered: config.OPENAI_UNFILTERED,
          windows: config.OPENAI_RATE_LIMITS,
          timeoutMs: config.OPENAI_TIMEOUT_SECONDS * seconds,
          clock,
        }),
};

/** The providers that are configured, `DEFAULT_PROVIDER` first, the others in the table's order. */
export function openProviders(config: Config, clock: Clock, log?: Log): Provider[] {
  const { DEFAULT_PROVIDER: first } = config;
  const order = first === null ? providerNames : new Set([first, ...providerNames]);
  return [...order].flatMap((name) => table[name](config, clock, log) ?? []);
}

function claidOutput(config: Config): ClaidOutput | undefined {
  const {
    CLAID_OUTPUT: folder,
    CLAID_OUTPUT_URL: url,
    CLAID_OUTPUT_ACCESS_KEY: accessKey,
    CLAID_OUTPUT_SECRET_KEY: secretKey,
    CLAID_OUTPUT_REGION: region,
  } = config;
  if (folder === null || url === null) return undefined;
  const access =
    accessKey === null || secretKey === null ? undefined : { accessKey, secretKey, region };
  return { folder, url, access };
}
