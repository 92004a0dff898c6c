import { and, count, sql } from 'drizzle-orm';
import { type Status, statuses } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { tickets, ticketSearch } from './schema/index.ts';
import { wordsQuery } from './ticket-search.ts';
import { conditions, type TicketConditions } from './tickets.ts';

/** How many tickets meet the conditions, exactly, for each state. */
export async function countTickets(db: Executor, asked: TicketConditions): Promise<Record<Status, number>> {
  const words = wordsQuery(asked);
  const hasWords =
    words &&
    sql`exists (
      select 1 from ${ticketSearch} where ${ticketSearch.ticket} = ${tickets.id} and ${ticketSearch.search} @@ ${words}
    )`;
  const rows = await db
    .select({ status: tickets.status, count: count() })
    .from(tickets)
    .where(and(...conditions(asked), hasWords))
    .groupBy(tickets.status);
  const counted = new Map(rows.map((row) => [row.status, row.count]));
  return Object.fromEntries(statuses.map((status) => [status, counted.get(status) ?? 0])) as Record<Status, number>;
}
