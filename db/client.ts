import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema/index.ts';

/** Transactions are in `transaction.ts`. */
export type Db = Omit<NodePgDatabase<typeof schema>, 'transaction'>;
/** A database or a transaction in it. */
export type Executor = Pick<Db, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

export interface Database {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly max?: number;
  readonly applicationName?: string;
}

/** A pool of connections. Opening it connects nowhere; a database that is away is noticed by the first query, in 2 s. */
export function openDatabase(url: string, { max = 10, applicationName = 'vigil' }: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 2000,
    statement_timeout: 10_000,
    // Longer than a statement may take on the server: for a connection whose other end has vanished.
    query_timeout: 12_000,
    keepAlive: true,
  });
  // A connection that breaks is replaced by the pool, and a statement on it fails; without listeners, both for idle
  // connections and for those in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => void connection.on('error', () => undefined));
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
