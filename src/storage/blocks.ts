import type { Kysely } from 'kysely';
import type { GuildStore } from '../domain/guild-store.ts';
import type { Refusal } from '../domain/refusal.ts';
import { mostRules } from '../domain/rule.ts';
import type { Block } from '../domain/rule.ts';
import type { RuleChange } from '../domain/rule-change.ts';
import type { GuildSettings, RulesChanged } from '../domain/settings.ts';
import type { Database } from './database.ts';
import { writeLog } from './guild-log.ts';
import { readSettings, takeGuildTurn, writeRules } from './guild-settings.ts';
import type { Schema } from './schema.ts';
import { holds } from '../domain/block-in-force.ts';

/** Who may not ask for pictures in a guild. A block that has ended is as good as none, and goes with the next change. */
export function createBlocks(database: Database): Pick<GuildStore, 'changeBlock'> {
  return {
    changeBlock: (guildId, memberId, by, at, block) =>
      database.transaction(async (trx): Promise<RulesChanged> => {
        await takeGuildTurn(database, trx, guildId);
        const settings = await readSettings(trx, guildId);
        const before = inForce(settings, memberId, at);
        const refused = refusal(settings, before, block, at);
        if (refused) return { refused };
        const after = block && { ...block, memberId, reason: kept(block.reason) };
        // With the same rules: it is the version that others look at.
        await writeRules(database, trx, settings, settings.rules);
        await write(trx, guildId, memberId, after, at);
        const change: RuleChange = { what: 'block', memberId, before, after };
        await writeLog(trx, guildId, by, { kind: 'change', change }, at);
        return { change, settings: await readSettings(trx, guildId) };
      }),
  };
}

function inForce(settings: GuildSettings, memberId: string, at: number): Block | null {
  const block = settings.blocks.get(memberId);
  return block && holds(block, at) ? block : null;
}

function refusal(
  settings: GuildSettings,
  before: Block | null,
  block: Block | null,
  at: number,
): Refusal | undefined {
  if (block === null) {
    return before ? undefined : { reason: 'not-set', what: 'block' };
  }
  const others = [...settings.blocks.values()].filter((each) => holds(each, at)).length;
  return before === null && others >= mostRules.blocks
    ? { reason: 'too-many-rules', most: mostRules.blocks, what: 'blocks' }
    : undefined;
}

async function write(
  trx: Kysely<Schema>,
  guildId: string,
  memberId: string,
  block: Block | null,
  at: number,
): Promise<void> {
  await trx
    .deleteFrom('blocks')
    .where('guild_id', '=', guildId)
    .where((eb) => eb.or([eb('member_id', '=', memberId), eb('ends_at', '<=', at)]))
    .execute();
  if (!block) return;
  await trx
    .insertInto('blocks')
    .values({
      guild_id: guildId,
      member_id: memberId,
      ends_at: block.until,
      reason: block.reason,
      by_id: block.by,
      at: block.at,
    })
    .execute();
}

/** Postgres keeps no zero character in a text. */
function kept(reason: string | null): string | null {
  return reason?.replaceAll('\0', '') ?? null;
}
