import type { Stage } from './stage.ts';

/** Writes what the bot sent and Discord would have refused. @returns the exit code */
export function reportViolations(
  { discord }: Pick<Stage, 'discord'>,
  write: (text: string) => void,
): number {
  for (const { operation, path, problem } of discord.violations)
    write(`! Discord would not take what the bot sent (${operation} ${path}): ${problem}`);
  return discord.violations.length === 0 ? 0 : 1;
}
