import type { RequestRules } from '../../domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';
import type { OperatorLimits } from '../operator-limits.ts';

/**
 * Sets what a member's requests may be; what is not named stays, and `null` leaves it to the operator
 * again. Refused: more under way or waiting than the operator allows, and what is so already.
 */
export function setRequests(
  { rules }: GuildSettings,
  operator: OperatorLimits,
  partial: Partial<RequestRules>,
): RuleEdit {
  const bounds = [
    ['running', operator.memberConcurrent, 'MEMBER_CONCURRENT'],
    ['waiting', operator.memberQueue, 'MEMBER_QUEUE'],
  ] as const;
  for (const [option, most, setting] of bounds) {
    const given = partial[option] ?? null;
    if (given !== null && given > most)
      return { refused: { reason: 'above-operator', option, given, most, setting } };
  }

  const before = rules.requests;
  const after: RequestRules = { ...before, ...partial };
  if (
    after.mostPictures === before.mostPictures &&
    after.running === before.running &&
    after.waiting === before.waiting &&
    after.coolDownSeconds === before.coolDownSeconds
  )
    return { refused: { reason: 'no-change', what: 'rule' } };
  return { rules: { ...rules, requests: after }, change: { what: 'requests', before, after } };
}
