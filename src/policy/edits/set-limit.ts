import { mostRules } from '../../domain/rule.ts';
import type { Limit, LimitSubject, Period } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import type { OperatorLimits } from '../operator-limits.ts';
import { isLimitOf, subjectIn } from './limit-subject.ts';

/** How many of the operator's days a period has; within an hour a whole day's credits may be spent. */
const days: Readonly<Record<Period, number>> = { hour: 1, day: 1, week: 7, month: 30 };

/**
 * Sets a limit, in place of the earlier one for the same subject and period. Refused: more than the
 * operator's cap leaves in such a period, what is so already, and too many limits.
 */
export function setLimit(
  { guildId, rules }: GuildSettings,
  operator: OperatorLimits,
  { period, credits, ...asked }: Limit,
): RuleEdit {
  const subject = subjectIn(guildId, asked.subject);
  const { cap, setting } = capOver(subject, operator);
  const most = cap === null ? Infinity : cap * days[period];
  if (credits > most)
    return {
      refused: { reason: 'above-operator', option: 'credits', given: credits, most, setting },
    };

  const earlier = rules.limits.find((limit) => isLimitOf(limit, subject, period));
  if (earlier?.credits === credits) return { refused: { reason: 'no-change', what: 'rule' } };
  if (!earlier && rules.limits.length >= mostRules.limits)
    return { refused: { reason: 'too-many-rules', most: mostRules.limits, what: 'limits' } };

  const limit: Limit = { subject, period, credits };
  return {
    rules: {
      ...rules,
      limits: earlier
        ? rules.limits.map((each) => (each === earlier ? limit : each))
        : [...rules.limits, limit],
    },
    change: { what: 'limit', subject, period, before: earlier?.credits ?? null, after: credits },
  };
}

function capOver(
  subject: LimitSubject,
  { caps }: OperatorLimits,
): { readonly cap: number | null; readonly setting: string } {
  return subject.kind === 'guild'
    ? { cap: caps.guild, setting: 'GUILD_CREDITS_PER_DAY' }
    : { cap: caps.member, setting: 'MEMBER_CREDITS_PER_DAY' };
}
