import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The fourth migration: what was really used, in whose place a model stood in, and which ones to compare. */
export async function severalModels({ schema }: Kysely<Schema>): Promise<void> {
  // With defaults, since processes of the version before may still be writing.
  await schema
    .alterTable('generations')
    .addColumn('used', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await schema.alterTable('generations').addColumn('instead_of', 'text').execute();
  await schema
    .alterTable('drafts')
    .addColumn('models', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('drafts')
    .addColumn('credits', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
