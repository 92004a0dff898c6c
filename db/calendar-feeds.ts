import { randomBytes } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { hashOf } from './api-keys.ts';
import type { Database } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import type { DeskChange } from './desk-change.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { calendarFeeds, schedules } from './schema/on-call.ts';

/** A secret address at which the shifts of a schedule, or of a person, are read as a calendar. */
export type CalendarFeed = typeof calendarFeeds.$inferSelect;

/** In the order in which they were made. */
export async function listCalendarFeeds(
  { db }: Database,
  { cursor, limit, user }: PageRequest & { readonly user?: string | undefined },
): Promise<RowPage<CalendarFeed>> {
  const { id, createdAt } = calendarFeeds;
  const list = 'calendar-feeds';
  const place = cursor === undefined ? undefined : decodeCursor(list, ['instant', 'text'], cursor);
  const rows = await db
    .select()
    .from(calendarFeeds)
    .where(
      and(
        user === undefined ? undefined : eq(calendarFeeds.user, user),
        place && sql`(${createdAt}, ${id}) > (${place[0]}::timestamptz, ${place[1]})`,
      ),
    )
    .orderBy(asc(createdAt), asc(id))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => encodeCursor(list, [row.createdAt.toISOString(), row.id]));
}

/** Undefined for a token that is unknown or revoked. */
export async function findFeedByToken({ db }: Database, token: string): Promise<CalendarFeed | undefined> {
  const [row] = await db
    .select()
    .from(calendarFeeds)
    .where(eq(calendarFeeds.hash, hashOf(token)));
  return row;
}

/** `token` stands in the address; only its hash is kept. */
export async function insertCalendarFeed(
  { tx }: DeskChange,
  { schedule, user }: Pick<CalendarFeed, 'schedule' | 'user'>,
): Promise<{ readonly token: string; readonly stored: CalendarFeed }> {
  await requireAll(tx, 'schedule', reference('schedule', schedule));
  await requireAll(tx, 'user', reference('user', user));
  const token = randomBytes(32).toString('base64url');
  const [stored] = await tx
    .insert(calendarFeeds)
    .values({ id: newId('ics'), schedule, user, hash: hashOf(token) })
    .returning();
  if (stored === undefined) throw new Error('A calendar feed was written and cannot be read.');
  return { token, stored };
}

/** Gives what is gone; undefined where there is no such feed. */
export async function deleteCalendarFeed({ tx }: DeskChange, id: string): Promise<CalendarFeed | undefined> {
  const [gone] = await tx.delete(calendarFeeds).where(eq(calendarFeeds.id, id)).returning();
  return gone;
}

/** The schedules that a feed can have shifts of: its own, or all for a person's. */
export async function schedulesOfFeed(
  { db }: Database,
  { schedule }: Pick<CalendarFeed, 'schedule'>,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { id, name } = schedules;
  return db
    .select({ id, name })
    .from(schedules)
    .where(schedule === null ? undefined : eq(id, schedule))
    .orderBy(sql`lower(${name})`);
}
