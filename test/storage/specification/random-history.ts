import type { Pot } from '../../../src/domain/ledger.ts';
import type { Store } from '../../../src/domain/store.ts';
import { cut, draft, hourMs, made, refused, seeded, start } from '../fixtures.ts';

/** What a generation should count after all that happened to it. */
export interface Counted {
  readonly at: number;
  readonly guild: string;
  readonly member: string;
  readonly forMember: number;
  readonly shared: number;
  /** The part of the member's that the grant paid. */
  readonly granted: number;
}

/** What each member is granted in each guild before a random history. */
export const grantedBefore = 1_000;

/** What of a generation counts in a pot, were there no resets. */
export function countedIn(pot: Pot, one: Counted): number {
  if ('guildId' in pot && pot.guildId !== one.guild) return 0;
  if ('memberId' in pot && pot.memberId !== one.member) return 0;
  if (pot.kind === 'member') return one.forMember - one.granted;
  return pot.kind === 'person' ? one.forMember : one.shared;
}

/**
 * Generations of three guilds and four members with every kind of end, all under way at once, some of
 * them paid by grants; returns what each of them should count.
 */
export async function randomHistory(
  store: Store,
  seed: number,
  count: number,
  spreadMs = 48 * hourMs,
): Promise<Counted[]> {
  const random = seeded(seed);
  for (let guild = 0; guild < 3; guild += 1) {
    for (let member = 0; member < 4; member += 1) {
      const grant = { credits: grantedBefore, reason: 'plenty', by: 'moderator-1', at: start };
      await store.grant(`guild-${guild}`, `member-${member}`, grant);
    }
  }
  const plans = Array.from({ length: count }, (_, index) => {
    const at = start + random(spreadMs);
    const images = 1 + random(4);
    return {
      id: `g${index}`,
      at,
      guild: `guild-${random(3)}`,
      member: `member-${random(4)}`,
      images,
      fromGrant: random(2) * random(images * 2 + 1),
      cost: random(10),
      later: at + random(3 * hourMs),
      end: random(6),
    };
  });
  return Promise.all(
    plans.map(async ({ id, at, guild, member, images, fromGrant, cost, later, end }) => {
      const held = images * 2;
      const counted = (forMember: number, shared: number, granted: number): Counted => ({
        at,
        guild,
        member,
        forMember,
        shared,
        granted,
      });
      await store.begin(draft(id, { at, guild, member, images }), [], () => ({
        admitted: true,
        fromGrant,
      }));
      if (end === 0) return counted(held, held, fromGrant);
      await store.send(id, 'owner-1', later);
      if (end === 1) return counted(held, held, fromGrant);
      if (end === 2) {
        await store.giveBack(id, 'sent', refused, later);
        return counted(0, 0, 0);
      }
      if (end === 3) {
        await store.writeOff(id, cut, later);
        return counted(0, held, 0);
      }
      await store.settle(id, made({ credits: cost, at: later }), []);
      if (end === 4) {
        await store.posted(id, 'message');
        return counted(cost, cost, fromGrant - Math.min(fromGrant, Math.max(0, held - cost)));
      }
      await store.lapse(id, later);
      return counted(0, 0, 0);
    }),
  );
}
