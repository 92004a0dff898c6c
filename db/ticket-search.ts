import { and, type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { ticketSearch, tickets } from './schema/index.ts';
import { maxTagLength, tagMark } from './search-words.ts';

/** Tickets that are looked at in the order asked for, before all that have the words are. */
const window = 2000;

export interface TicketSearch {
  /** A tsquery. */
  readonly words: SQL;
  readonly where: readonly SQL[];
  readonly orderBy: readonly SQL[];
  readonly limit: number;
}

/**
 * Ids of the first tickets, in this order, that have the words and meet the conditions.
 *
 * Words that many tickets have are found soon by going through the tickets in order; words that few have, by the index
 * of words. Which they are, and how many tickets have all of several, PostgreSQL can only guess, and a wrong guess costs
 * seconds. So a window of the order is gone through first, and only where that did not answer the index is asked.
 */
export async function searchTickets(db: Executor, search: TicketSearch): Promise<string[]> {
  const { words, where, limit } = search;
  const order = sql.join([...search.orderBy], sql`, `);
  const { rows } = await db.execute<{ seen: number; ids: string[] }>(sql`
    with seen as materialized (
      select ${tickets.id}, row_number() over (order by ${order}) as place
      from ${tickets} where ${and(...where)} order by ${order} limit ${window}
    )
    select (select count(*)::int from seen) as seen, array(
      select seen.id from seen join ${ticketSearch} on ${ticketSearch.ticket} = seen.id
      where ${ticketSearch.search} @@ ${words} order by seen.place limit ${limit}
    ) as ids`);
  const { seen = 0, ids = [] } = rows[0] ?? {};
  if (ids.length === limit || seen < window) return ids;
  const found = await db.execute<{ id: string }>(sql`
    with found as materialized (
      select ${ticketSearch.ticket}, ${ticketSearch.createdAt} from ${ticketSearch} where ${ticketSearch.search} @@ ${words}
    )
    select ${tickets.id}
    from found join ${tickets} on ${tickets.id} = found.ticket and ${tickets.createdAt} = found.created_at
    where ${and(...where)} order by ${order} limit ${limit}`);
  return found.rows.map((row) => row.id);
}

/** The words and the tag of a filter as one tsquery; undefined where it asks for neither. */
export function wordsQuery({ q, tag }: { readonly q?: string; readonly tag?: string }): SQL | undefined {
  const parts = [
    ...(q === undefined ? [] : [sql`websearch_to_tsquery('simple', ${withoutStrayDashes(q)})`]),
    ...(tag === undefined ? [] : [sql`${tagWord(tag)}::tsquery`]),
  ];
  return parts.length === 0 ? undefined : sql`(${sql.join(parts, sql` && `)})`;
}

/**
 * A dash excludes the word right behind it; all others separate words. PostgreSQL would take each for a negation of what
 * comes next, and fail at the 33rd in a row, as in a ruled line.
 */
function withoutStrayDashes(q: string): string {
  return q.replace(/[^\p{L}\p{N}"]{2,}/gu, (run) => {
    if (!run.includes('-')) return run;
    return /\s-$/.test(run) ? ' -' : ' ';
  });
}

function tagWord(tag: string): string {
  const word = tagMark + Array.from(tag).slice(0, maxTagLength).join('');
  return `'${word.replace(/['\\]/g, '$&$&')}'`;
}
