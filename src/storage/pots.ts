import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Pot } from '../domain/ledger.ts';

/** Which buckets and entries are a pot's, and what of them counts in it; `alias` names the table. */
export interface PotRows {
  readonly buckets: (alias: string) => RawBuilder<boolean>;
  readonly entries: (alias: string) => RawBuilder<boolean>;
  readonly amount: (alias: string) => RawBuilder<number>;
}

/** @param memberIds all ids of the pot's member; empty for a pot of all members */
export function rowsOf(pot: Pot, memberIds: readonly string[]): PotRows {
  const column = (alias: string, name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  const guildId = 'guildId' in pot ? pot.guildId : undefined;
  const guildIs = (alias: string, id: string) => sql`${column(alias, 'guild_id')} = ${id}`;
  const memberIn = (alias: string, ids: readonly string[]) =>
    sql`${column(alias, 'member_id')} in (${sql.join(ids)})`;
  return {
    buckets(alias) {
      // In a bucket, nobody stands for all.
      const ids = memberIds.length > 0 ? memberIds : [''];
      return sql`${guildIs(alias, guildId ?? '')} and ${memberIn(alias, ids)}`;
    },
    entries(alias) {
      const conditions = [
        ...(guildId === undefined ? [] : [guildIs(alias, guildId)]),
        ...(memberIds.length === 0 ? [] : [memberIn(alias, memberIds)]),
      ];
      return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` and `)}`;
    },
    amount(alias) {
      const member = column(alias, 'member_credits');
      if (pot.kind === 'person') return sql`${member}`;
      if (pot.kind === 'member') return sql`(${member} - ${column(alias, 'granted_credits')})`;
      return sql`${column(alias, 'shared_credits')}`;
    },
  };
}
