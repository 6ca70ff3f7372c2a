import type { LimitSubject, Period } from '../domain/rule.ts';

/** The moment, as Discord shows it in the reader's own language: "in 3 hours". */
export const relative = (atMs: number): string => `<t:${Math.ceil(atMs / 1000)}:R>`;

/** The same of what has happened: never a moment that is still to come. */
export const ago = (atMs: number): string => `<t:${Math.floor(atMs / 1000)}:R>`;

/** The moment as date and time, in the reader's own language and zone. */
export const moment = (atMs: number): string => `<t:${Math.ceil(atMs / 1000)}:f>`;

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const credits = (n: number): string => count(n, 'credit');

/**
 * A member, in the midst of a sentence. The mention notifies nobody. Whoever was erased has an id that
 * Discord does not know.
 */
export const memberName = (id: string): string =>
  /^\d+$/.test(id) ? `<@${id}>` : 'an erased member';

/** Whom a limit is for, in the midst of a sentence. Mentions in it notify nobody. */
export function subjectName(subject: LimitSubject): string {
  switch (subject.kind) {
    case 'each-member':
      return 'each member';
    case 'role':
      return `<@&${subject.roleId}>`;
    case 'member':
      return memberName(subject.memberId);
    case 'guild':
      return 'this server in all';
  }
}

export const periodName: Readonly<Record<Period, string>> = {
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
};
