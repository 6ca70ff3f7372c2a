import { DatabaseSync } from 'node:sqlite';
import { periodMs } from '../../src/domain/rule.ts';

export const guildId = '2000000000000000001';
export const memberId = '3000000000000000000';

/** When the history ends; the middle of an hour. */
export const newest = Date.UTC(2026, 4, 5, 12, 30);

/**
 * Writes so many entries (a hold and a settle for each generation) into an empty database: one guild,
 * 30 days, every other generation of one member, the rest of 5000 others.
 */
export function fillLedger(path: string, entries: number): void {
  const generations = entries / 2;
  const stepMs = Math.floor(periodMs.month / generations);
  const db = new DatabaseSync(path);
  db.exec('pragma synchronous = off');
  db.exec('begin');
  // Ids as Discord makes them: ms since 2015, then 22 bits.
  db.exec(`
    with recursive numbers (n) as (
      select 0 union all select n + 1 from numbers where n + 1 < ${generations}
    ), history as (
      select n, ${newest} - (${generations} - 1 - n) * ${stepMs} as at,
        case when n % 2 = 0 then '${memberId}'
          else cast(3000000000000000001 + (n * 7919) % 5000 as text) end as member_id
      from numbers
    )
    insert into generations (id, guild_id, member_id, provider, account, destination, token,
      token_ends_at, request, price, held, credits, state, delivery, failure, request_id, job_ref,
      sources, pictures, warnings, message_id, created_at, sent_at, made_at, content_refused_at,
      owner, lease_until)
    select ((at - 1420070400000) * 4194304 + n % 4096) || '-0', '${guildId}', member_id, 'claid',
      'claid:main',
      '{"applicationId":"1000000000000000001","interactionId":"1","guildId":"${guildId}",' ||
      '"channelId":"1000000000000000002","memberId":"' || member_id || '","roleIds":[],' ||
      '"private":false,"locale":"en-US","maxFileBytes":10485760}',
      null, at + 900000, '{"prompt":"a lighthouse in a storm","images":4,"guidance":5}', 1, 4, 4,
      'made', 'posted', null, null, null, '[]', '[]', '[]',
      ((at - 1420070400000) * 4194304 + 4096 + n % 4096), at, at + 1000, at + 9000, null, 'bench',
      null
    from history`);
  const columns = `generation_id, kind, guild_id, member_id, account, member_credits, shared_credits,
    provider_cost_micros, unknown_cost_micros, counts_at, at`;
  const owner = 'guild_id, member_id, account';
  db.exec(`
    insert into ledger_entries (${columns})
    select id, 'hold', ${owner}, 4, 4, 0, 0, created_at, created_at from generations
    union all
    select id, 'settle', ${owner}, 0, 0, 4000000, 0, created_at, made_at from generations
    order by 11`);
  for (const [guild, member] of [
    [`''`, `''`],
    ['guild_id', `''`],
    [`''`, 'member_id'],
    ['guild_id', 'member_id'],
  ])
    db.exec(`
      insert into ledger_buckets (guild_id, member_id, hour, member_credits, shared_credits)
      select ${guild}, ${member}, counts_at / ${periodMs.hour}, sum(member_credits),
        sum(shared_credits)
      from ledger_entries group by 1, 2, 3`);
  db.exec(`
    insert into accounts (account, credits_micros, since, spent_micros, settled_micros,
      unknown_micros)
    select account, null, null, 0, sum(provider_cost_micros), 0 from ledger_entries group by account`);
  db.exec('commit');
  db.close();
}
