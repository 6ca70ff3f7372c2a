import type { GuildStore } from '../domain/guild-store.ts';
import { createBlocks } from './blocks.ts';
import type { Database } from './database.ts';
import { createDrafts } from './drafts.ts';
import { createGuildLogs } from './guild-log.ts';
import { createRules } from './rules.ts';

/** What moderators set, and the guilds' logs, in a database whose tables are up to date. */
export function createGuildStore(database: Database): GuildStore {
  return {
    ...createRules(database),
    ...createBlocks(database),
    ...createGuildLogs(database),
    ...createDrafts(database),
  };
}
