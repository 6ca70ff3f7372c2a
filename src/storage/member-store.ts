import type { MemberStore } from '../domain/member-store.ts';
import type { Database } from './database.ts';
import { createErasing } from './erase.ts';
import { createExport } from './privacy.ts';
import { createReports } from './reports.ts';
import { createRetention } from './retention.ts';

/** What is stored about members, in a database whose tables are up to date. */
export function createMemberStore(database: Database): MemberStore {
  return {
    ...createReports(database),
    ...createExport(database),
    ...createErasing(database),
    ...createRetention(database),
  };
}
