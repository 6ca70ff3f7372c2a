import { describe, expect, test } from 'vitest';
import type { KeptDraft } from '../../../src/domain/guild-store.ts';
import { StoreError } from '../../../src/storage/errors.ts';
import { hourMs, start } from '../fixtures.ts';
import type { Subject } from '../moderation.ts';
import { guild, member } from './edits.ts';

const kept: KeptDraft = {
  id: '1180000000000000021',
  guildId: guild,
  memberId: member,
  wish: {
    prompt: 'a fox \0 🦊',
    model: 'stablecog/flux.1',
    images: 4,
    guidance: 7.25,
    steps: 30,
    aspect: '21:9',
    negative: 'dogs',
    seed: 0,
    scheduler: 'euler',
    style: 'Ink',
    image: { url: 'https://cdn.example/1.png', contentType: 'image/png', sizeBytes: 1_024 },
    strength: 0.5,
    spoiler: false,
  },
  models: [],
  credits: 3,
  private: true,
  expiresAt: start + hourMs,
};

export function describeDrafts({ store, database }: Subject): void {
  describe('kept drafts', () => {
    test('a draft comes back as it was kept until it expires', async () => {
      await store().keepDraft(kept);
      expect(await store().draft(kept.id, start)).toEqual(kept);
      expect(await store().draft(kept.id, start + hourMs - 1)).toEqual(kept);
      expect(await store().draft(kept.id, start + hourMs)).toBeUndefined();
      expect(await store().draft('another', start)).toBeUndefined();
    });

    test('a draft that is kept again is replaced', async () => {
      await store().keepDraft(kept);
      const again = {
        ...kept,
        private: false,
        wish: { prompt: 'a hare' },
        models: ['claid', 'openai'],
        credits: 3,
      };
      await store().keepDraft(again);
      expect(await store().draft(kept.id, start)).toEqual(again);
    });

    test('drafts that have expired are dropped, others are not', async () => {
      await store().keepDraft(kept);
      await store().keepDraft({ ...kept, id: 'later', expiresAt: start + 2 * hourMs });
      await store().dropDrafts(start + hourMs + 1);
      expect(await store().draft(kept.id, start)).toBeUndefined();
      expect(await store().draft('later', start)).toMatchObject({ id: 'later' });
    });

    test('a draft that an older version kept reads as a wish', async () => {
      const request = { prompt: 'a fox', images: 3, guidance: 7.25 };
      await database().run((db) =>
        db
          .insertInto('drafts')
          .values({
            id: 'old',
            guild_id: guild,
            member_id: member,
            request: JSON.stringify(request),
            private: 0,
            expires_at: start + hourMs,
          })
          .execute(),
      );
      expect(await store().draft('old', start)).toEqual({
        ...kept,
        id: 'old',
        wish: request,
        models: [],
        credits: 0,
        private: false,
      });
    });

    test.each([{ request: '"secret"' }, { request: '{"prompt":1}' }, { models: '{"a":"secret"}' }])(
      'a draft that cannot be read is an error that quotes nothing: %j',
      async (damage) => {
        await store().keepDraft(kept);
        await database().run((db) => db.updateTable('drafts').set(damage).execute());
        await expect(store().draft(kept.id, start)).rejects.toThrow(
          new StoreError(`The draft ${kept.id} cannot be read.`),
        );
      },
    );
  });
}
