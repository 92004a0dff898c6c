import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import type { Database, Db } from './client.ts';
import * as schema from './schema/index.ts';

/**
 * Runs `work` on a connection of its own, between `begin`, which may say more than that, and a commit; a failure takes
 * everything back. Drizzle's own transactions are not used: where `begin` itself fails, as it does when the server has
 * just gone, they never give the connection back, and ten of these are the whole pool.
 */
export async function withTransaction<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = error as Error;
    await client.query('rollback').then(
      () => (broken = undefined),
      () => undefined,
    );
    throw error;
  } finally {
    // A connection that could not even roll back is not given to anybody else.
    client.release(broken);
  }
}

/** The same for statements that drizzle makes. */
export function inTransaction<T>(
  { pool }: Pick<Database, 'pool'>,
  work: (tx: Db) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  return withTransaction(pool, begin, (client) => work(drizzle(client, { schema })));
}
