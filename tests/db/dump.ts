import type { Pool } from 'pg';

const derived = ['tickets', 'ticket_search', 'messages', 'sla_clocks', 'incidents'];

/** Every row of what is derived from the archive, whole, as text in an order of its own. */
export async function dump(pool: Pool): Promise<Record<string, string[]>> {
  const tables = await Promise.all(
    derived.map(async (table) => {
      const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
      return [table, rows.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(tables);
}

/** The archive without what depends on when and how it was written. */
export async function archive(pool: Pool): Promise<unknown[]> {
  const columns = 'stream, seq, ticket, type, at, actor, cause, data, changes';
  const { rows } = await pool.query(`select ${columns} from events order by stream, seq`);
  return rows;
}

export async function clear(pool: Pool): Promise<void> {
  await pool.query(`truncate events, ${derived.join(', ')}`);
}
