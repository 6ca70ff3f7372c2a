import { settings, type Config } from './config.ts';
import { passwordsIn } from './log.ts';

/**
 * What must never appear in the log: the values of the settings that are marked as `secret`, and the
 * passwords in the addresses among the others.
 */
export function secretsOf(config: Config): string[] {
  const values: Readonly<Record<string, unknown>> = { ...config };
  return Object.entries(settings.shape).flatMap(([name, schema]) => {
    const value = values[name];
    if (typeof value !== 'string') return [];
    return schema.meta()?.['secret'] === true ? [value] : passwordsIn(value);
  });
}
