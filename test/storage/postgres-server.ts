import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const server = 'postgres://postgres@127.0.0.1:5432';

/** Runs something as the owner of this machine's Postgres. */
export async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether it answers. Where the tests run for everyone (CI=true) it must. */
export const postgresAnswers = await asAdmin(async () => true).catch(() => false);
if (!postgresAnswers && process.env['CI'] === 'true') {
  throw new Error('Postgres does not answer on 127.0.0.1:5432');
}

/** For the titles of what is skipped without it. */
export const postgresTitle = postgresAnswers ? '' : ' (skipped: no Postgres on 127.0.0.1:5432)';

const created: string[] = [];

/** The address of an empty database of its own. */
export async function freshUrl(): Promise<string> {
  const name = `easel_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(async (client) => {
    await client.query(`create database ${name}`);
    // The tests pull no plugs, and are quicker without waiting for the disk.
    await client.query(`alter database ${name} set synchronous_commit = off`);
  });
  created.push(name);
  return `${server}/${name}`;
}

/** Drops what {@link freshUrl} made. */
export async function dropDatabases(): Promise<void> {
  if (created.length === 0) return;
  await asAdmin(async (client) => {
    for (const name of created.splice(0)) {
      await client.query(`drop database ${name} with (force)`);
    }
  });
}
