import { PostgresDialect } from 'kysely';
import type { Dialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';

const int8 = 20;

/** Postgres through a pool of connections; nothing is connected before the first query. */
export function postgresDialect(url: string): Dialect {
  const types = new TypeOverrides();
  types.setTypeParser(int8, Number);
  const pool = new Pool({
    connectionString: url,
    application_name: 'easel',
    max: 10,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  // An idle connection that breaks (the server restarted) is replaced at the next query; without a
  // listener it would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
