import { and, type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { ticketSearch, tickets } from './schema/index.ts';
import { maxTagLength, tagMark } from './search-words.ts';
import { directed, type TicketOrder } from './ticket-order.ts';

export interface TicketSearch {
  /** A tsquery. */
  readonly words: SQL;
  readonly where: readonly SQL[];
  readonly order: TicketOrder;
  readonly limit: number;
}

/** So many tickets are gone through in the order asked for, and then so many. */
const windows = [1000, 20_000];
/** Whoever has the words in the first window: from so many on, the second one is likely to hold a page of them. */
const promising = 3;

/**
 * Ids of the first tickets, in this order, that have the words and meet the conditions.
 *
 * Words that many tickets have are found soon by going through the tickets in order; words that few have, by the index
 * of words, which gives all of them in no order. Which of both they are PostgreSQL can only guess, above all for several
 * words, and a wrong guess costs seconds. So the beginning of the order is gone through first, and says how to go on.
 */
export async function searchTickets(db: Executor, search: TicketSearch): Promise<string[]> {
  for (const window of windows) {
    const ids = await searchFirst(db, search, window);
    if (ids.length === search.limit || !(await isLonger(db, search, window))) return ids;
    if (ids.length < promising) break;
  }
  return searchAll(db, search);
}

/**
 * Among the first tickets that meet the conditions. It looks each of them up (`offset 0` keeps PostgreSQL from asking the
 * index of words after all) and ends as soon as it has enough.
 */
async function searchFirst(
  db: Executor,
  { words, where, order, limit }: TicketSearch,
  window: number,
): Promise<string[]> {
  const keys = order.keys.map((column, i) => ({ column, name: sql.identifier(`key${i}`) }));
  const selected = keys.map(({ column, name }) => sql`${column} as ${name}`);
  const outer = keys.map(({ name }) => sql`first.${name}`);
  const { rows } = await db.execute<{ id: string }>(sql`
    select first.id
    from (
      select ${tickets.id}, ${list(selected)}
      from ${tickets} where ${and(...where)} order by ${list(directed(order.keys, order.backward))} limit ${window}
    ) first cross join lateral (
      select ${ticketSearch.search} from ${ticketSearch} where ${ticketSearch.ticket} = first.id offset 0
    ) its
    where its.search @@ ${words} order by ${list(directed(outer, order.backward))} limit ${limit}`);
  return rows.map((row) => row.id);
}

async function isLonger(db: Executor, { where }: TicketSearch, window: number): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from ${tickets} where ${and(...where)} offset ${window} limit 1`);
  return rows.length > 0;
}

/** Among all that have the words. */
async function searchAll(db: Executor, { words, where, order, limit }: TicketSearch): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with found as materialized (
      select ${ticketSearch.ticket}, ${ticketSearch.createdAt} from ${ticketSearch} where ${ticketSearch.search} @@ ${words}
    )
    select ${tickets.id}
    from found join ${tickets} on ${tickets.id} = found.ticket and ${tickets.createdAt} = found.created_at
    where ${and(...where)} order by ${list(directed(order.keys, order.backward))} limit ${limit}`);
  return rows.map((row) => row.id);
}

function list(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
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
