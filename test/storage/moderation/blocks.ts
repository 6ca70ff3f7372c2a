import { describe, expect, test } from 'vitest';
import { mostRules } from '../../../src/domain/rule.ts';
import { hourMs, start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import { block, done, eachMemberADay, guild, member, moderator } from './edits.ts';

export function describeBlocks({ store, database }: Subject): void {
  describe('blocks', () => {
    const setBlock = (wished: ReturnType<typeof block> | null, at = start, of = member) =>
      store().changeBlock(guild, of, moderator, at, wished);

    test('a block is set, replaced and lifted, each time with the old and the new value', async () => {
      await store().changeRules(guild, moderator, start, eachMemberADay(5));
      const first = block({ until: start + hourMs, reason: 'zero \0 character' });
      const kept = { ...first, reason: 'zero  character' };
      expect(done(await setBlock(first)).change).toEqual({
        what: 'block',
        memberId: member,
        before: null,
        after: kept,
      });
      const second = block({ reason: null, at: start + 1 });
      expect(done(await setBlock(second, start + 1)).change).toMatchObject({
        before: kept,
        after: second,
      });
      expect((await store().settings(guild)).blocks).toEqual(new Map([[member, second]]));
      const lifted = done(await setBlock(null, start + 2));
      expect(lifted).toMatchObject({
        change: { before: second, after: null },
        settings: { version: 4, rules: { limits: [{ credits: 5 }] }, blocks: new Map() },
      });
      const log = await store().readLog(guild, { before: null, kinds: ['change'], limit: 1 });
      expect(log).toMatchObject([{ by: moderator, event: { change: lifted.change } }]);
    });

    test('there is nothing to lift where nobody is blocked, or the block has ended', async () => {
      const refused = { reason: 'not-set', what: 'block' };
      expect(await setBlock(null)).toEqual({ refused });
      await setBlock(block({ until: start + hourMs }));
      expect(await setBlock(null, start + hourMs)).toEqual({ refused });
      expect(await store().settings(guild)).toMatchObject({ version: 1 });
    });

    test('blocks that have ended go with the next change and do not count', async () => {
      await setBlock(block({ until: start + hourMs }), start, 'm1');
      await setBlock(block(), start, 'm2');
      const { settings, change } = done(await setBlock(block(), start + hourMs, 'm1'));
      expect(change).toMatchObject({ before: null });
      expect([...settings.blocks.keys()].toSorted()).toEqual(['m1', 'm2']);
      await setBlock(block({ until: start + 2 * hourMs }), start + hourMs, 'm3');
      const later = done(await setBlock(block(), start + 3 * hourMs, 'm4'));
      expect([...later.settings.blocks.keys()].toSorted()).toEqual(['m1', 'm2', 'm4']);
    });

    test('there are no more blocks than a snapshot may hold, but one that is there can be replaced', async () => {
      await setBlock(block());
      await database().transaction(async (trx) => {
        for (let from = 1; from < mostRules.blocks; from += 500) {
          const ids = Array.from(
            { length: Math.min(500, mostRules.blocks - from) },
            (_, index) => `m${from + index}`,
          );
          await trx
            .insertInto('blocks')
            .values(
              ids.map((member_id) => ({
                guild_id: guild,
                member_id,
                ends_at: start + hourMs,
                reason: null,
                by_id: moderator,
                at: start,
              })),
            )
            .execute();
        }
      });
      expect(await setBlock(block(), start, 'one more')).toEqual({
        refused: { reason: 'too-many-rules', most: mostRules.blocks, what: 'blocks' },
      });
      expect(done(await setBlock(block({ reason: 'new' }))).settings.blocks.size).toBe(
        mostRules.blocks,
      );
      const later = done(await setBlock(block(), start + hourMs, 'one more'));
      expect(later.settings.blocks.size).toBe(2);
    });
  });
}
