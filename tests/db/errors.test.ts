import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { isUnavailable, safeMessage, uniqueViolation } from '../../db/errors.ts';
import { recordBatches } from '../../db/record.ts';
import { users } from '../../db/schema/index.ts';
import { inTransaction } from '../../db/transaction.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();
const secret = 'kim@example.com';

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );
}

test('a database that refuses connections is away, at once', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  for (const host of ['127.0.0.1', 'localhost']) {
    const database = openDatabase(`postgresql://u:p@${host}:${port}/x`);
    for (const error of [
      await failure(database.db.execute(sql`select ${secret}`)),
      await failure(recordBatches(database.pool, [])),
    ]) {
      expect(isUnavailable(error)).toBe(true);
      expect(safeMessage(error)).not.toContain(secret);
    }
    await database.close();
  }
});

test('a database that does not answer is away, within seconds', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  const database = openDatabase(`postgresql://u:p@127.0.0.1:${port}/x`);
  const begin = performance.now();
  const error = await failure(database.db.execute(sql`select ${secret}`));
  expect(isUnavailable(error)).toBe(true);
  expect(performance.now() - begin).toBeLessThan(5000);
  await database.close();
  silent.close();
});

test('a connection that is cut, a statement that takes too long and a full pool are the database being away', async () => {
  const database = openDatabase(desk.url, { max: 1 });
  expect(isUnavailable(await failure(database.db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)))).toBe(
    true,
  );
  const slow = inTransaction(database, async (tx) => {
    await tx.execute(sql`set local statement_timeout = 50`);
    await tx.execute(sql`select pg_sleep(5)`);
  });
  expect(isUnavailable(await failure(slow))).toBe(true);
  const client = await database.pool.connect();
  expect(isUnavailable(await failure(database.db.execute(sql`select 1`)))).toBe(true);
  client.release();
  expect((await database.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await database.close();
});

test('what the database refuses is told without a value, and a taken name by its constraint', async () => {
  const { db } = desk.database;
  const user = { id: 'usr_1', name: 'Kim', email: secret, role: 'agent' } as const;
  await db.insert(users).values(user);
  const taken = await failure(db.insert(users).values({ ...user, id: 'usr_2' }));
  expect(uniqueViolation(taken)).toBe('users_email');
  expect(isUnavailable(taken)).toBe(false);
  expect(safeMessage(taken)).not.toContain(secret);
  const wrong = await failure(db.execute(sql`select ${secret}::int`));
  expect(uniqueViolation(wrong)).toBeUndefined();
  expect(safeMessage(wrong)).toBe('The database refused (22P02).');
});
