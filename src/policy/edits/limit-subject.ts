import type { Limit, LimitSubject, Period } from '../../domain/rule.ts';

/** Whom a limit is for in this guild: the role that everyone has is each member. */
export function subjectIn(guildId: string, subject: LimitSubject): LimitSubject {
  // Discord gives the role @everyone the guild's own id, and does not list it among a member's roles.
  return subject.kind === 'role' && subject.roleId === guildId ? { kind: 'each-member' } : subject;
}

/** Whether it is the limit for this subject and this period; a guild has at most one. */
export function isLimitOf(limit: Limit, subject: LimitSubject, period: Period): boolean {
  return limit.period === period && keyOf(limit.subject) === keyOf(subject);
}

function keyOf(subject: LimitSubject): string {
  switch (subject.kind) {
    case 'role':
      return `role ${subject.roleId}`;
    case 'member':
      return `member ${subject.memberId}`;
    case 'each-member':
    case 'guild':
      return subject.kind;
  }
}
