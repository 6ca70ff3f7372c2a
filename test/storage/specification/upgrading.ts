import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { noRules } from '../../../src/domain/rule.ts';
import { migrate } from '../../../src/storage/migrations.ts';
import { bring, start } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

/** Puts the tables and their JSON back to what they were before there were several models. */
const back = [
  'alter table generations drop column used',
  'alter table generations drop column instead_of',
  'alter table drafts drop column models',
  'alter table drafts drop column credits',
  'delete from schema_version where version = 4',
  `update generations set request = '{"prompt":"a fox","images":4,"guidance":7.25}',
    destination = replace(destination, '"sharedBy":1,', ''),
    warnings = '["The size was not honoured.","size-changed"]'`,
  `insert into drafts (id, guild_id, member_id, request, private, expires_at)
    values ('old', 'guild-1', 'member-1', '{"prompt":"a hare","images":1,"guidance":5}', 0, ${start})`,
  `insert into guild_settings (guild_id, version, rules, log_channel_id, changed)
    values ('guild-old', 3, '{"limits":[],"requests":{"mostPictures":2,"running":null,"waiting":null,"coolDownSeconds":null},"channels":[],"words":[],"logChannelId":null,"moderatorRoleId":null,"stopped":null}', null, 1)`,
];

export function describeUpgrading({ store, database }: Subject): void {
  test('what was written before there were several models goes on where it stood', async () => {
    const before = await bring(store(), 'g1', 'posted', { fromGrant: 0 });
    await database().transaction(async (trx) => {
      for (const statement of back) await sql.raw(statement).execute(trx);
    });
    await migrate(database(), start);
    expect(await store().find('g1')).toEqual({
      ...before,
      request: { model: '', prompt: 'a fox', images: 4, guidance: 7.25, given: [] },
      // Once it was free text; what has no wording any more is left out.
      warnings: ['size-changed'],
      used: {},
      insteadOf: null,
    });
    expect(await store().draft('old', start - 1)).toEqual({
      id: 'old',
      guildId: 'guild-1',
      memberId: 'member-1',
      wish: { prompt: 'a hare', images: 1, guidance: 5 },
      models: [],
      credits: 0,
      private: false,
      expiresAt: start,
    });
    expect(await store().settings('guild-old')).toMatchObject({
      version: 3,
      rules: { ...noRules, requests: { ...noRules.requests, mostPictures: 2 } },
    });
    expect(await store().verify()).toEqual([]);
    await store().dropDrafts(start + 1);
  });
}
