import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { createDatabase } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrations.ts';
import { translatePostgresError } from '../../src/storage/postgres-errors.ts';
import { start } from './fixtures.ts';
import { describeStore } from './specification.ts';

// The Postgres dialect where there is no server; one connection, so it cannot show races.
describeStore('the store on Postgres in memory', async () => {
  const database = createDatabase(new PGliteDialect({ pglite: new PGlite() }), {
    postgres: true,
    translate: translatePostgresError,
  });
  await migrate(database, start);
  return database;
});
