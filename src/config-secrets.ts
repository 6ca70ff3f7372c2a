import type { Config } from './config.ts';
import { passwordsIn } from './log.ts';

/** Every value of the settings that must never appear in the log. */
export function secretsOf(config: Config): string[] {
  const secrets = [
    config.DISCORD_TOKEN,
    config.CLAID_API_KEY,
    config.CLAID_OUTPUT_SECRET_KEY,
    config.CLAID_OUTPUT_ACCESS_KEY,
    config.STABLECOG_API_KEY,
    config.KIDJIG_API_KEY,
    config.OPENAI_API_KEY,
  ];
  const addresses = [config.DATABASE_URL, config.REDIS_URL, config.OPENAI_API_URL];
  return [
    ...secrets.flatMap((secret) => secret ?? []),
    ...addresses.flatMap((address) => passwordsIn(address ?? '')),
  ];
}
