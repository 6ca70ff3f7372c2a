import type { UpdateResult } from 'kysely';

/** Whether a guarded UPDATE found the row that it was for. */
export function changed(result: UpdateResult): boolean {
  return result.numUpdatedRows > 0n;
}
