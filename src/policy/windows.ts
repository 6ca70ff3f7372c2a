import type { Asker } from '../domain/asker.ts';
import type { Caps, Pot, Spent, Standing, Window } from '../domain/ledger.ts';
import { periodMs } from '../domain/rule.ts';
import type { GuildRules, Limit } from '../domain/rule.ts';
import { limitsTouching } from './member-rule.ts';
import type { Terms } from './terms.ts';

/** Whose cap it is; `member` is a member across all guilds. */
export type CapOwner = keyof Caps;

/** The operator's caps, the most specific first. */
export const capOwners: readonly CapOwner[] = ['member', 'guild', 'bot'];

/**
 * The windows that the ledger must be asked for, each once: those of every limit that touches the
 * member, of the guild's limits, and of the operator's caps that are set. A {@link Standing} is good
 * for the policy if its sums are aligned with these.
 */
export function windowsOf(rules: GuildRules, caps: Caps, asker: Asker): Window[] {
  const { own, byRole, eachMember, guild } = limitsTouching(rules, asker);
  const all = [
    ...[...own, ...byRole.flat(), ...eachMember, ...guild].map((limit) =>
      windowOfLimit(limit, asker),
    ),
    ...capOwners.filter((whose) => caps[whose] !== null).map((whose) => windowOfCap(whose, asker)),
  ];
  return [...new Map(all.map((window) => [keyOf(window), window])).values()];
}

/** Where a limit counts for this member. */
export function windowOfLimit({ subject, period }: Limit, { guildId, memberId }: Asker): Window {
  const pot: Pot =
    subject.kind === 'guild' ? { kind: 'guild', guildId } : { kind: 'member', guildId, memberId };
  return { pot, lengthMs: periodMs[period] };
}

/** Where a cap of the operator's counts for this member. */
export function windowOfCap(whose: CapOwner, { guildId, memberId }: Asker): Window {
  const pots: Readonly<Record<CapOwner, Pot>> = {
    member: { kind: 'person', memberId },
    guild: { kind: 'guild', guildId },
    bot: { kind: 'bot' },
  };
  return { pot: pots[whose], lengthMs: periodMs.day };
}

/** What the standing says of one of the {@link windowsOf} windows. */
export type SpentIn = (window: Window) => Spent;

/**
 * Looks windows up in a standing.
 *
 * @throws {Error} (when used) where the standing was asked with other windows: a mistake of ours, and
 *   to count nothing as spent would be the worst answer
 */
export function spentBy(terms: Terms, standing: Standing): SpentIn {
  const windows = windowsOf(terms.rules, terms.caps, terms.asker);
  const byKey = new Map(windows.map((window, index) => [keyOf(window), standing.spent[index]]));
  return (window) => {
    const spent = byKey.get(keyOf(window));
    if (!spent) throw new Error('The standing is not of the windows of these terms.');
    return spent;
  };
}

/** Within one asker's windows a pot's kind names it. */
function keyOf({ pot, lengthMs }: Window): string {
  return `${pot.kind} ${lengthMs}`;
}
