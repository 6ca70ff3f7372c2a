import type { Stop } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/**
 * Stops pictures for the whole guild, or starts them again (`null`). A stop may be given another reason;
 * without a new one it stays as it was. Refused: what is so already.
 */
export function setStopped({ rules }: GuildSettings, stop: Stop | null): RuleEdit {
  const before = rules.stopped;
  if (before === null && stop === null)
    return { refused: { reason: 'no-change', what: 'started' } };
  if (before !== null && stop !== null && (stop.reason ?? before.reason) === before.reason)
    return { refused: { reason: 'no-change', what: 'stopped' } };
  return { rules: { ...rules, stopped: stop }, change: { what: 'stopped', before, after: stop } };
}
