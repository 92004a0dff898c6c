import type { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { inTransaction } from '../../db/transaction.ts';
import { freshDatabase } from '../support/servers.ts';

it('a connection that breaks while it is in use fails its statements, and the next one works', async () => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, { max: 2 });
  const client = await database.pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  await expect(client.query('select 1')).rejects.toThrow(/not queryable|terminated/i);
  client.release(true);
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await database.close();
  await fresh.drop();
});

it('a connection that is lost before its transaction begins takes no place in the pool', async () => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, { max: 1 });
  database.pool.once('acquire', (client) => {
    (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  });
  const one = () => inTransaction(database, async (tx) => (await tx.execute(sql`select 1 as one`)).rows);
  await expect(one()).rejects.toThrow(/terminated/i);
  expect(await one()).toEqual([{ one: 1 }]);
  await database.close();
  await fresh.drop();
});
