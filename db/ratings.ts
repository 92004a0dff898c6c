/** What customers think of how their tickets were solved, the latest first: of each ticket its last rating. */
import { and, count, desc, eq, gte, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Rating } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { iso } from './row-statements.ts';
import { tickets } from './schema/index.ts';

export interface RatingFilter {
  readonly rating?: Rating;
  /** A user's id: ratings of tickets that are this person's now. */
  readonly assignee?: string;
  readonly team?: string;
  /** Rated at this instant or later. */
  readonly from?: number;
  /** Rated before. */
  readonly to?: number;
  readonly cursor?: string;
  readonly limit: number;
}

/** @throws InvalidCursor */
export async function listRatings(db: Executor, { cursor, limit, ...filter }: RatingFilter) {
  const rows = await db
    .select({
      ticket: tickets.id,
      subject: tickets.subject,
      team: tickets.team,
      assignee: tickets.assignee,
      rating: sql<Rating>`${tickets.rating}`,
      comment: tickets.ratingComment,
      ratedAt: sql<number>`${tickets.ratedAt}`.mapWith(tickets.ratedAt),
    })
    .from(tickets)
    .where(and(...conditions(filter), cursor === undefined ? undefined : after(cursor)))
    .orderBy(desc(tickets.ratedAt), desc(tickets.id))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ ratedAt, ticket }) => encodeCursor('ratings', [iso(ratedAt) ?? '', ticket]));
}

export interface Satisfaction {
  readonly good: number;
  readonly rated: number;
}

/** Of the tickets whose last rating was given since an instant, how many were rated good. */
export async function satisfactionSince(db: Executor, since: number): Promise<Satisfaction> {
  const [row] = await db
    .select({ good: sql<number>`count(*) filter (where ${tickets.rating} = 'good')::int`, rated: count() })
    .from(tickets)
    .where(gte(tickets.ratedAt, since));
  return row as Satisfaction;
}

function conditions({ rating, assignee, team, from, to }: Omit<RatingFilter, 'cursor' | 'limit'>): (SQL | undefined)[] {
  return [
    isNotNull(tickets.ratedAt),
    rating === undefined ? undefined : eq(tickets.rating, rating),
    assignee === undefined ? undefined : eq(tickets.assignee, assignee),
    team === undefined ? undefined : eq(tickets.team, team),
    from === undefined ? undefined : gte(tickets.ratedAt, from),
    to === undefined ? undefined : lt(tickets.ratedAt, to),
  ];
}

function after(cursor: string): SQL {
  const [at, id] = decodeCursor('ratings', ['instant', 'text'], cursor);
  return sql`(${tickets.ratedAt}, ${tickets.id}) < (${at}::timestamptz, ${id}::text)`;
}
