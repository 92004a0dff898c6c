import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ArchivedEvent } from '../domain/events.ts';
import { formatInstant } from '../domain/instant.ts';
import type { Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { iso } from './row-statements.ts';
import { events } from './schema/index.ts';

/** An event as it is shown: without what it changes in the read model. */
export type StoredEvent = Omit<ArchivedEvent, 'changes'> & { readonly stream: string; readonly ticket: string | null };

export interface EventFilter {
  readonly type?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** An event as the API and webhooks show it. */
export function shownEvent({ stream, seq, ticket, type, at, actor, cause, data }: StoredEvent) {
  return { stream, seq, ticket, type, at: formatInstant(at), actor, cause, data };
}

export const storedEvent = {
  stream: events.stream,
  seq: events.seq,
  ticket: events.ticket,
  type: events.type,
  at: events.at,
  actor: events.actor,
  cause: events.cause,
  data: events.data,
};

/**
 * What happened to a ticket and its incidents, by when it happened.
 * @throws InvalidCursor
 */
export async function listTicketEvents(
  db: Executor,
  ticket: string,
  { type, cursor, limit }: EventFilter,
): Promise<{ rows: readonly StoredEvent[]; next: string | null }> {
  const list = `events ${ticket}`;
  const rows = await db
    .select(storedEvent)
    .from(events)
    .where(
      and(
        eq(events.ticket, ticket),
        type === undefined ? undefined : eq(events.type, type),
        cursor === undefined ? undefined : after(list, cursor),
      ),
    )
    .orderBy(events.at, events.stream, events.seq)
    .limit(limit + 1);
  return pageOf(rows, limit, ({ at, stream, seq }) => encodeCursor(list, [iso(at) ?? '', stream, seq]));
}

function after(list: string, cursor: string): SQL {
  const [at, stream, seq] = decodeCursor(list, ['instant', 'text', 'integer'], cursor);
  return sql`(${events.at}, ${events.stream}, ${events.seq}) > (${at}::timestamptz, ${stream}::text, ${seq}::int)`;
}
