import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
/** Two processes that start at once migrate one after the other. */
const migrationLock = 0x76_69_67_6d;

/**
 * Transactions are numbered by the server. In an archive that was restored into another one the numbers mean nothing,
 * and those still to come would hold up the stream of events: such events are put before all others.
 */
const settleRestored = `update events set tx = '0' where tx > pg_current_xact_id()`;

/** Brings the schema up to this version's. */
export async function migrate(url: string): Promise<void> {
  await connected(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await applyMigrations(drizzle(client), { migrationsFolder });
    await client.query(settleRestored);
  });
}

export type SchemaState = 'current' | 'older' | 'newer' | 'empty';

/** How the database's schema stands to what this version was written for. */
export async function schemaState(url: string): Promise<SchemaState> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ there: string | null }>(
      "select to_regclass('drizzle.__drizzle_migrations') as there",
    );
    if (rows[0]?.there === null) return 'empty';
    const applied = await client.query<{ latest: string | null }>(
      'select max(created_at) as latest from drizzle.__drizzle_migrations',
    );
    const latest = Number(applied.rows[0]?.latest ?? 0);
    const newest = Math.max(...journal().map((entry) => entry.when));
    if (latest === 0) return 'empty';
    if (latest === newest) return 'current';
    return latest < newest ? 'older' : 'newer';
  });
}

/** The migrations in their order; the migrator applies only those younger than the last one applied. */
export function journal(): { readonly tag: string; readonly when: number }[] {
  const text = readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8');
  return (JSON.parse(text) as { entries: { tag: string; when: number }[] }).entries;
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
