import type { LimitSubject, Period } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import { isLimitOf, subjectIn } from './limit-subject.ts';

/** Removes a limit; refused where there is none. The subject may be gone: a deleted role's limit goes too. */
export function removeLimit(
  { guildId, rules }: GuildSettings,
  asked: LimitSubject,
  period: Period,
): RuleEdit {
  const subject = subjectIn(guildId, asked);
  const earlier = rules.limits.find((limit) => isLimitOf(limit, subject, period));
  if (!earlier) return { refused: { reason: 'not-set', what: 'limit' } };
  return {
    rules: { ...rules, limits: rules.limits.filter((limit) => limit !== earlier) },
    change: { what: 'limit', subject, period, before: earlier.credits, after: null },
  };
}
