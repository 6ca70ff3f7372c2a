import type { Standing } from '../domain/ledger.ts';
import type { Remaining } from '../domain/remaining.ts';
import type { Period } from '../domain/rule.ts';
import { boundsOf, widest } from './bounds.ts';
import type { Bound } from './bounds.ts';
import type { Terms } from './terms.ts';

/**
 * What is left for a member, by that of their limits and caps which leaves least (of equals the most
 * specific); of several roles' limits those count that leave most. Somebody who is shut out has 0 of 0.
 * `null` where nothing limits them.
 */
export function remaining(terms: Terms, standing: Standing): Remaining | null {
  const { shutOutBy, ways, guild, caps } = boundsOf(terms, standing);
  const { granted } = standing;
  if (shutOutBy)
    return { credits: 0, of: 0, period: shutOutBy.period, by: 'role', freesAt: null, granted };
  const all = [...(widest(ways) ?? []), ...guild, ...caps];
  const least = all.toSorted((a, b) => a.room - b.room)[0];
  if (!least) return null;
  return {
    credits: least.room,
    of: least.credits,
    ...named(least),
    freesAt: least.spent.freesAt,
    granted,
  };
}

function named({ by }: Bound): { period: Period; by: Remaining['by'] } {
  return by.kind === 'cap'
    ? { period: 'day', by: 'cap' }
    : { period: by.limit.period, by: by.limit.subject.kind };
}
