import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Status } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { tickets } from './schema/archive.ts';
import { handoffs } from './schema/on-call.ts';

export type StoredHandoff = typeof handoffs.$inferSelect;

/** The latest first. */
export async function listHandoffs(db: Executor, schedule: string, limit: number): Promise<StoredHandoff[]> {
  return db.select().from(handoffs).where(eq(handoffs.schedule, schedule)).orderBy(desc(handoffs.at)).limit(limit);
}

export async function isHandedOff(db: Executor, schedule: string, at: Date): Promise<boolean> {
  const rows = await db
    .select({ at: handoffs.at })
    .from(handoffs)
    .where(and(eq(handoffs.schedule, schedule), eq(handoffs.at, at)));
  return rows.length > 0;
}

export async function recordHandoff(db: Executor, row: Omit<StoredHandoff, 'recordedAt'>): Promise<void> {
  await db.insert(handoffs).values(row).onConflictDoNothing();
}

/**
 * Open tickets of teams that nobody owns, and those in these states of people who leave; in the order of their ids,
 * beyond `after`.
 */
export async function ticketsToHandOver(
  db: Executor,
  { teams, leaving, states }: { teams: readonly string[]; leaving: readonly string[]; states: readonly Status[] },
  after: string,
  limit: number,
): Promise<string[]> {
  if (teams.length === 0) return [];
  const { assignee, status } = tickets;
  const theirs: SQL | undefined =
    leaving.length === 0 || states.length === 0
      ? undefined
      : and(inArray(assignee, [...leaving]), inArray(status, [...states]));
  const rows = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(
      and(
        inArray(tickets.team, [...teams]),
        sql`${status} not in ('solved', 'closed')`,
        or(isNull(assignee), theirs),
        gt(tickets.id, after),
      ),
    )
    .orderBy(asc(tickets.id))
    .limit(limit);
  return rows.map((row) => row.id);
}
