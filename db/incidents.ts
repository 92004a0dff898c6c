import { and, arrayContains, count, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { IncidentRow, IncidentStatus } from '../domain/events.ts';
import type { Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { storedEvent, type StoredEvent } from './events.ts';
import { iso } from './row-statements.ts';
import { events, incidents } from './schema/index.ts';

export interface IncidentFilter {
  /** @default all */
  readonly status?: readonly IncidentStatus[];
  readonly ticket?: string;
  readonly team?: string;
  /** A user's id: incidents whose current step pages this person. */
  readonly responder?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/**
 * The latest opened first.
 * @throws InvalidCursor
 */
export async function listIncidents(
  db: Executor,
  { cursor, limit, ...filter }: IncidentFilter,
): Promise<{ rows: readonly IncidentRow[]; next: string | null }> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(...conditions(filter), cursor === undefined ? undefined : after(cursor)))
    .orderBy(desc(incidents.openedAt), desc(incidents.id))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ openedAt, id }) => encodeCursor('incidents', [iso(openedAt) ?? '', id]));
}

/** With everything that happened to it, in order. */
export async function getIncident(
  db: Executor,
  id: string,
): Promise<{ incident: IncidentRow; timeline: readonly StoredEvent[] } | undefined> {
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id));
  if (incident === undefined) return undefined;
  const timeline = await db
    .select(storedEvent)
    .from(events)
    .where(eq(events.stream, `incident/${id}`))
    .orderBy(events.seq);
  return { incident, timeline };
}

/** How often an alert was opened, by the first part of its incidents' ids, and whether the last of them is over. */
export async function latestAlert(db: Executor, base: string): Promise<{ lives: number; over: boolean }> {
  // Ids sort by their bytes: those of one alert stand together.
  const rows = await db
    .select({ status: incidents.status, openedAt: incidents.openedAt })
    .from(incidents)
    .where(and(gte(incidents.id, `${base}-A`), lt(incidents.id, `${base}-B`)))
    .orderBy(desc(incidents.openedAt));
  return { lives: rows.length, over: rows[0]?.status === 'resolved' };
}

/** How many pages were delivered to each user between two instants. */
export async function pagesByUser(db: Executor, from: number, to: number): Promise<ReadonlyMap<string, number>> {
  const user = sql<string>`${events.data} ->> 'user'`;
  const rows = await db
    .select({ user, pages: count() })
    .from(events)
    .where(and(eq(events.type, 'incident.paged'), gte(events.at, from), lt(events.at, to)))
    .groupBy(user);
  return new Map(rows.map((row) => [row.user, row.pages]));
}

function conditions({
  status,
  ticket,
  team,
  responder,
}: Omit<IncidentFilter, 'cursor' | 'limit'>): (SQL | undefined)[] {
  return [
    status && inArray(incidents.status, [...status]),
    // In the words of the index that holds only these.
    status && !status.includes('resolved') ? sql`${incidents.status} <> 'resolved'` : undefined,
    ticket === undefined ? undefined : eq(incidents.ticket, ticket),
    team === undefined ? undefined : eq(incidents.team, team),
    responder === undefined ? undefined : arrayContains(incidents.responders, [responder]),
  ];
}

function after(cursor: string): SQL {
  const [at, id] = decodeCursor('incidents', ['instant', 'text'], cursor);
  return sql`(${incidents.openedAt}, ${incidents.id}) < (${at}::timestamptz, ${id}::text)`;
}
