import type { Kysely } from 'kysely';
import type { MemberStore } from '../domain/member-store.ts';
import type { Database } from './database.ts';
import { guildRules } from './rule-documents.ts';
import type { Schema } from './schema.ts';

/** What is stored about a member, for that member. Times are written as dates; secrets are left out. */
export function createExport(database: Database): Pick<MemberStore, 'exportMember'> {
  return {
    exportMember: (memberId) =>
      database.snapshot(async (trx) => ({
        requests: await requests(trx, memberId),
        credits: await credits(trx, memberId),
        grants: await grants(trx, memberId),
        limits: await limits(trx, memberId),
        blocks: await blocks(trx, memberId),
        log: await log(trx, memberId),
        drafts: await drafts(trx, memberId),
      })),
  };
}

async function requests(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('generations')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    guildId: row.guild_id,
    at: date(row.created_at),
    sentAt: date(row.sent_at),
    madeAt: date(row.made_at),
    contentRefusedAt: date(row.content_refused_at),
    provider: row.provider,
    insteadOf: row.instead_of,
    request: value(row.request),
    used: value(row.used),
    price: row.price,
    credits: row.credits,
    state: row.state,
    delivery: row.delivery,
    failure: row.failure === null ? null : value(row.failure),
    requestId: row.request_id,
    jobRef: row.job_ref,
    sources: value(row.sources, withoutQueries),
    pictures: value(row.pictures),
    warnings: value(row.warnings),
    messageId: row.message_id,
    destination: value(row.destination),
  }));
}

async function credits(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('ledger_entries')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    requestId: row.generation_id,
    kind: row.kind,
    guildId: row.guild_id,
    credits: row.member_credits,
    granted: row.granted_credits,
    at: date(row.at),
  }));
}

async function grants(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('member_adjustments')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    guildId: row.guild_id,
    credits: row.credits,
    reason: row.reason,
    at: date(row.at),
  }));
}

async function limits(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('guild_settings')
    .select(['guild_id', 'rules'])
    .where('rules', 'like', `%"memberId":${JSON.stringify(memberId)}%`)
    .orderBy('guild_id')
    .execute();
  return rows.flatMap(({ guild_id, rules }) => {
    const read = guildRules.safeParse(value(rules));
    const theirs = (read.data?.limits ?? []).filter(
      ({ subject }) => subject.kind === 'member' && subject.memberId === memberId,
    );
    return theirs.map((limit) => ({
      guildId: guild_id,
      period: limit.period,
      credits: limit.credits,
    }));
  });
}

async function blocks(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('blocks')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('guild_id')
    .execute();
  // Not by whom: that is about somebody else.
  return rows.map((row) => ({
    guildId: row.guild_id,
    until: date(row.ends_at),
    reason: row.reason,
    at: date(row.at),
  }));
}

async function log(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const own = trx.selectFrom('guild_log').selectAll().where('by_id', '=', memberId);
  const about = trx
    .selectFrom('guild_log')
    .selectAll()
    .where('mentions', 'is not', null)
    .where('mentions', 'like', `% ${memberId} %`);
  // Sorted here: to have them in order from the start, SQLite would read the whole log.
  const rows = await own.unionAll(about).execute();
  const inOrder = rows.toSorted((a, b) => a.id - b.id);
  return inOrder.map((row) => {
    const byThem = row.by_id === memberId;
    return {
      guildId: row.guild_id,
      at: date(row.at),
      byYou: byThem,
      event: byThem ? value(row.event) : value(row.event, withoutAuthors),
    };
  });
}

async function drafts(trx: Kysely<Schema>, memberId: string): Promise<unknown[]> {
  const rows = await trx
    .selectFrom('drafts')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    guildId: row.guild_id,
    request: value(row.request),
    models: value(row.models),
    credits: row.credits,
    private: row.private === 1,
    until: date(row.expires_at),
  }));
}

function date(time: number): string;
function date(time: number | null): string | null;
function date(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** What a JSON column holds; its text where it holds no JSON. */
function value(text: string, reviver?: (key: string, each: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return text;
  }
}

/** Whoever has the query of a signed address can fetch the picture: it stays here. */
const withoutQueries = (key: string, each: unknown): unknown => {
  if (key !== 'url' || typeof each !== 'string') return each;
  if (!URL.canParse(each)) return undefined;
  const { origin, pathname } = new URL(each);
  return origin + pathname;
};

const withoutAuthors = (key: string, each: unknown): unknown => (key === 'by' ? undefined : each);
