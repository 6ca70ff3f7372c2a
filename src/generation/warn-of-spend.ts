import type { Standing } from '../domain/ledger.ts';
import type { Terms } from '../policy/terms.ts';
import { windowsOf } from '../policy/windows.ts';
import type { Parts } from './parts.ts';

/** The operator hears of it when four fifths of the bot's cap are spent. */
export function warnOfSpend(
  { operator }: Pick<Parts, 'operator'>,
  { rules, caps, asker }: Terms,
  standing: Standing,
): void {
  const cap = caps.bot;
  const index = windowsOf(rules, caps, asker).findIndex(({ pot }) => pot.kind === 'bot');
  const spent = standing.spent[index]?.credits;
  if (cap !== null && cap > 0 && spent !== undefined && spent >= cap * 0.8)
    operator.tell({ kind: 'spend', cap, spent });
}
