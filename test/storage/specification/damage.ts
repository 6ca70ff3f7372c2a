import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/storage/errors.ts';
import { bring, stages, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';
import { bringDamageable, damages } from './damages.ts';
import { randomHistory } from './random-history.ts';

export function describeDamage({ store, database, unreadable }: Subject): void {
  /** Changes a row behind the store's back. */
  const damage = (statement: string) => database().run((db) => sql.raw(statement).execute(db));

  describe('verify', () => {
    test('finds nothing wrong at any stage, nor after a random history', async () => {
      for (const stage of stages) await bring(store(), `stage-${stage}`, stage);
      await store().noteBalance('account-1', 100, start);
      await randomHistory(store(), 99, 60);
      // A lapsed one may be deleted afterwards.
      await store().markDeleted('stage-lapsed');
      expect(await store().verify()).toEqual([]);
    });

    for (const { name, statement, fault } of damages) {
      test(`finds ${name}`, async () => {
        await bringDamageable(store());
        expect(await store().verify()).toEqual([]);
        await damage(statement);
        expect(await store().verify()).toContainEqual(fault);
      });
    }

    test('finds an entry that is gone, wherever it is missed', async () => {
      await bring(store(), 'g1', 'returned');
      await damage(`delete from ledger_entries where kind = 'return'`);
      const faults = await store().verify();
      expect(faults.map((fault) => fault.where.split(' ')[0])).toEqual([
        'generation',
        'bucket',
        'bucket',
        'bucket',
        'bucket',
      ]);
    });

    test('the database itself refuses a second entry of a kind', async () => {
      await bring(store(), 'g1', 'queued');
      await expect(
        damage(`insert into ledger_entries (generation_id, kind, guild_id, member_id, account,
          member_credits, shared_credits, provider_cost_micros, unknown_cost_micros, counts_at, at)
          select generation_id, kind, guild_id, member_id, account, member_credits, shared_credits,
          provider_cost_micros, unknown_cost_micros, counts_at, at from ledger_entries`),
      ).rejects.toThrow(StoreError);
    });
  });

  describe('damage', () => {
    test.each(['destination', 'request', 'sources', 'pictures', 'warnings', 'used', 'failure'])(
      'a damaged %s is refused by name, without what stood there',
      async (column) => {
        await bring(store(), 'g1', 'pending');
        for (const text of ['{"secret":', '{"seed":"secret"}', '"secret"']) {
          await damage(`update generations set ${column} = '${text}'`);
          await expect(store().find('g1')).rejects.toThrow(
            new StoreError(`The ${column} of generation g1 cannot be read.`),
          );
        }
      },
    );

    const now = start + 900_000;
    const taking = { now, leaseUntil: now + 60_000, limit: 2, all: false };
    const ids = (generations: readonly { readonly id: string }[]) =>
      generations.map(({ id }) => id);

    test('a damaged one is taken over and told, and does not stop the others', async () => {
      for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        await bring(store(), id, 'pending', { at: start + index });
      }
      await damage(`update generations set request = '{' where id in ('a', 'b', 'd')`);
      // As many as were asked for, so that whoever gets fewer knows that there are no more.
      expect(ids(await store().takeOver('owner-2', taking))).toEqual(['c', 'e']);
      expect(unreadable).toEqual(['a', 'b', 'd']);
      // Its lease runs, so nobody reads it again until that is over.
      expect(ids(await store().takeOver('owner-3', taking))).toEqual([]);
      expect(unreadable).toEqual(['a', 'b', 'd']);
    });

    test('a damaged one that was never shown is told, and does not stop the others', async () => {
      for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        await bring(store(), id, 'waiting', { at: start + index });
      }
      await damage(`update generations set sources = 'no' where id in ('a', 'b', 'd')`);
      expect(ids(await store().undelivered(now, 2))).toEqual(['c', 'e']);
      expect(unreadable).toEqual(['a', 'b', 'd']);
      expect(ids(await store().undelivered(now, 1))).toEqual(['c']);
      expect(ids(await store().undelivered(now, 9))).toEqual(['c', 'e']);
    });

    test('a damaged one is not offered, the others that wait are', async () => {
      await bring(store(), 'a', 'waiting');
      await bring(store(), 'b', 'waiting', { at: start + 1 });
      await damage(`update generations set pictures = '' where id = 'a'`);
      expect(ids(await store().waitingFor('guild-1', 'member-1'))).toEqual(['b']);
      expect(unreadable).toEqual(['a']);
    });

    test('an error of the database tells neither SQL nor values', async () => {
      await damage('alter table ledger_buckets rename to elsewhere');
      try {
        const failure: unknown = await bring(store(), 'g1', 'queued').catch(
          (error: unknown) => error,
        );
        expect(failure).toBeInstanceOf(StoreError);
        if (!(failure instanceof StoreError)) return;
        expect(failure.message).toMatch(/^The database .*failed \((SQLite|Postgres) \w+/);
        expect(
          `${failure.message} ${JSON.stringify(failure)} ${String(failure.cause)}`,
        ).not.toMatch(/secret|token|select|insert|buckets|guild-1/i);
      } finally {
        await damage('alter table elsewhere rename to ledger_buckets');
      }
      expect(await store().find('g1')).toBeUndefined();
    });
  });

  test('checkWritable passes on a good disk and leaves nothing behind', async () => {
    await store().checkWritable();
    const left = await database().run((db) => db.selectFrom('write_checks').selectAll().execute());
    expect(left).toEqual([]);
  });
}
