import { type Column, type SQL, sql } from 'drizzle-orm';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';

export interface PageRequest {
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** What of a list a query selects: beyond where, in what order, and how many. */
export interface PageQuery {
  readonly after: SQL | undefined;
  readonly orderBy: SQL[];
  readonly limit: number;
}

/**
 * A page of a list that is ordered by name, without regard to case, and then by id.
 * @throws InvalidCursor
 */
export async function pageByName<Row extends { readonly name: string; readonly id: string }>(
  list: string,
  { name, id }: { readonly name: Column; readonly id: Column },
  { cursor, limit }: PageRequest,
  select: (query: PageQuery) => Promise<Row[]>,
): Promise<RowPage<Row>> {
  const place = cursor === undefined ? undefined : decodeCursor(list, ['text', 'text'], cursor);
  const rows = await select({
    after: place && sql`(lower(${name}), ${id}) > (lower(${place[0]}), ${place[1]})`,
    orderBy: [sql`lower(${name})`, sql`${id}`],
    limit: limit + 1,
  });
  return pageOf(rows, limit, (row) => encodeCursor(list, [row.name, row.id]));
}
