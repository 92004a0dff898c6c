import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Calendar } from '../domain/calendar.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { calendars, slaPolicies } from './schema/desk.ts';
import { escalationPolicies } from './schema/on-call.ts';

export interface StoredCalendar {
  readonly id: string;
  readonly name: string;
  readonly definition: Calendar;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type CalendarFields = Pick<StoredCalendar, 'name' | 'definition'>;

export function storedCalendarOf({ removedAt: _removed, ...calendar }: typeof calendars.$inferSelect): StoredCalendar {
  return calendar;
}

const columns = {
  id: calendars.id,
  name: calendars.name,
  definition: calendars.definition,
  createdAt: calendars.createdAt,
  updatedAt: calendars.updatedAt,
};
const present = isNull(calendars.removedAt);

export async function listCalendars({ db }: Database, page: PageRequest): Promise<RowPage<StoredCalendar>> {
  return pageByName('calendars', calendars, page, ({ after, orderBy, limit }) =>
    db
      .select(columns)
      .from(calendars)
      .where(and(present, after))
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findCalendar(db: Db, id: string): Promise<StoredCalendar | undefined> {
  const [row] = await db
    .select(columns)
    .from(calendars)
    .where(and(present, eq(calendars.id, id)));
  return row;
}

export async function insertCalendar({ tx }: DeskChange, fields: CalendarFields): Promise<StoredCalendar> {
  const [row] = await tx
    .insert(calendars)
    .values({ ...fields, id: newId('cal') })
    .returning(columns);
  if (row === undefined) throw new Error('A calendar was written and cannot be read.');
  return row;
}

/** What is to change; of the definition, the fields that are given. */
export interface CalendarChanges {
  readonly name?: string | undefined;
  readonly definition?: Partial<Calendar>;
}

/** Undefined where there is no such calendar. Another definition changes what the policies that use it promise. */
export async function updateCalendar(
  { tx, version }: DeskChange,
  id: string,
  { name, definition = {} }: CalendarChanges,
): Promise<StoredCalendar | undefined> {
  const [row] = await tx
    .update(calendars)
    .set({
      ...(name !== undefined && { name }),
      definition: sql`${calendars.definition} || ${JSON.stringify(definition)}::jsonb`,
      updatedAt: new Date(),
    })
    .where(and(present, eq(calendars.id, id)))
    .returning(columns);
  if (row !== undefined && Object.keys(definition).length > 0) {
    await tx.update(slaPolicies).set({ termsVersion: version }).where(eq(slaPolicies.calendar, id));
  }
  return row;
}

/** False where there is no such calendar. */
export async function deleteCalendar({ tx }: DeskChange, id: string): Promise<boolean> {
  const [policy] = await tx
    .select({ name: slaPolicies.name })
    .from(slaPolicies)
    .where(eq(slaPolicies.calendar, id))
    .limit(1);
  if (policy !== undefined) throw new DeskConflict(null, `The SLA policy "${policy.name}" uses this calendar.`);
  const [escalation] = await tx
    .select({ name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(sql`${escalationPolicies.hours} ->> 'calendar' = ${id}`)
    .limit(1);
  if (escalation !== undefined) {
    throw new DeskConflict(null, `The escalation policy "${escalation.name}" has its hours by this calendar.`);
  }
  const gone = await tx
    .update(calendars)
    .set({ removedAt: new Date() })
    .where(and(present, eq(calendars.id, id)))
    .returning({ id: calendars.id });
  return gone.length > 0;
}
