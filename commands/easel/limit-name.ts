import type { LimitSubject, Period } from '../../src/domain/rule.ts';

/** Which limit of a guild: its subject and its period. */
export interface LimitName {
  readonly subject: LimitSubject;
  readonly period: Period;
}

/** A limit's name in the option that picks one: `each-member:day`, `role-123:hour`. At most 40 characters. */
export function writeLimitName({ subject, period }: LimitName): string {
  switch (subject.kind) {
    case 'role':
      return `role-${subject.roleId}:${period}`;
    case 'member':
      return `member-${subject.memberId}:${period}`;
    case 'each-member':
    case 'guild':
      return `${subject.kind}:${period}`;
  }
}

const form =
  /^(?:(?<all>each-member|guild)|(?<kind>role|member)-(?<id>\d{15,21})):(?<period>hour|day|week|month)$/;

/** `undefined` where the text is not of that form. */
export function readLimitName(text: string): LimitName | undefined {
  const { all, kind, id, period } = form.exec(text.trim())?.groups ?? {};
  const length = periods.find((each) => each === period);
  if (length === undefined) return undefined;
  if (all === 'each-member' || all === 'guild') return { subject: { kind: all }, period: length };
  if (id === undefined) return undefined;
  return {
    subject: kind === 'role' ? { kind, roleId: id } : { kind: 'member', memberId: id },
    period: length,
  };
}

/** From short to long. */
export const periods = ['hour', 'day', 'week', 'month'] as const satisfies readonly Period[];
