import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { journal, migrate, schemaState } from '../../db/migrate.ts';

async function emptyDatabase(): Promise<{ url: string; run(statement: string): Promise<void>; drop(): Promise<void> }> {
  const server = inject('databaseServer');
  const name = `migrate_${Date.now()}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    run: (statement) => execute(url.href, statement),
    drop: () => execute(server, `drop database ${name} with (force)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

test('processes that migrate at the same time come to one schema, and it is told apart from others', async () => {
  const database = await emptyDatabase();
  expect(await schemaState(database.url)).toBe('empty');
  await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  expect(await schemaState(database.url)).toBe('current');
  await database.run('update drizzle.__drizzle_migrations set created_at = created_at + 1');
  expect(await schemaState(database.url)).toBe('newer');
  await database.run('update drizzle.__drizzle_migrations set created_at = created_at - 2');
  expect(await schemaState(database.url)).toBe('older');
  await database.drop();
});

test('migrations are in the order of their times: the migrator passes over what is older than the last', () => {
  const times = journal().map((entry) => entry.when);
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
});
