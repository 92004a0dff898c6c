import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { isCalendarLayer, type Layer, type Schedule } from '../domain/schedule.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { type Reference, reference, references, requireAll } from './references.ts';
import { teams } from './schema/desk.ts';
import { escalationPolicies, scheduleOverrides, schedules } from './schema/on-call.ts';

/** Without its overrides. */
export type StoredSchedule = typeof schedules.$inferSelect;
export type ScheduleFields = Pick<StoredSchedule, 'name' | 'timeZone' | 'layers'> &
  Partial<Pick<StoredSchedule, 'handoff'>>;
export type StoredOverride = typeof scheduleOverrides.$inferSelect;
export type OverrideFields = Omit<StoredOverride, 'id' | 'number' | 'schedule' | 'createdAt'>;

/** As the rules take it. */
export function scheduleOf(
  { timeZone, layers }: Pick<StoredSchedule, 'timeZone' | 'layers'>,
  overrides: readonly Pick<StoredOverride, 'start' | 'end' | 'user' | 'replaces' | 'adds'>[],
): Schedule {
  return {
    timeZone,
    layers,
    overrides: overrides.map(({ start, end, user, replaces, adds }) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      ...(user !== null && { user }),
      ...(replaces !== null && { replaces }),
      ...(adds !== null && { adds }),
    })),
  };
}

export async function listSchedules({ db }: Database, page: PageRequest): Promise<RowPage<StoredSchedule>> {
  return pageByName('schedules', schedules, page, ({ after, orderBy, limit }) =>
    db
      .select()
      .from(schedules)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findSchedule(db: Db, id: string): Promise<StoredSchedule | undefined> {
  const [row] = await db.select().from(schedules).where(eq(schedules.id, id));
  return row;
}

export async function insertSchedule({ tx }: DeskChange, fields: ScheduleFields): Promise<StoredSchedule> {
  await checkLayers(tx, fields.layers);
  const [row] = await tx
    .insert(schedules)
    .values({ ...fields, id: newId('sch') })
    .returning();
  if (row === undefined) throw new Error('A schedule was written and cannot be read.');
  return row;
}

/** Undefined where there is no such schedule. */
export async function updateSchedule(
  { tx }: DeskChange,
  id: string,
  fields: Partial<ScheduleFields>,
): Promise<StoredSchedule | undefined> {
  await checkLayers(tx, fields.layers ?? []);
  const [row] = await tx
    .update(schedules)
    .set({ ...fields, updatedAt: new Date() })
    .where(eq(schedules.id, id))
    .returning();
  return row;
}

/** With its overrides. False where there is no such schedule. */
export async function deleteSchedule({ tx }: DeskChange, id: string): Promise<boolean> {
  const [policy] = await tx
    .select({ name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(sql`${escalationPolicies.steps}::text like ${`%"${id}"%`}`)
    .limit(1);
  if (policy !== undefined) throw new DeskConflict(null, `The escalation policy "${policy.name}" uses this schedule.`);
  const [team] = await tx
    .select({ name: teams.name })
    .from(teams)
    .where(sql`${teams.ownership} ->> 'schedule' = ${id}`)
    .limit(1);
  if (team !== undefined)
    throw new DeskConflict(null, `The team "${team.name}" gives its tickets out by this schedule.`);
  const gone = await tx.delete(schedules).where(eq(schedules.id, id)).returning({ id: schedules.id });
  return gone.length > 0;
}

/** In the order in which they act; those that end after an instant. */
export async function listOverrides(db: Db, schedule: string, endingAfter?: Date): Promise<StoredOverride[]> {
  const { end, number } = scheduleOverrides;
  return db
    .select()
    .from(scheduleOverrides)
    .where(and(eq(scheduleOverrides.schedule, schedule), endingAfter && gt(end, endingAfter)))
    .orderBy(asc(number));
}

export async function insertOverride(
  { tx }: DeskChange,
  schedule: string,
  fields: OverrideFields,
): Promise<StoredOverride> {
  const { user, replaces, adds } = fields;
  const people = [...reference('user', user), ...reference('replaces', replaces), ...reference('adds', adds)];
  await requireAll(tx, 'user', people);
  const [row] = await tx
    .insert(scheduleOverrides)
    .values({ ...fields, id: newId('ovr'), schedule })
    .returning();
  if (row === undefined) throw new Error('An override was written and cannot be read.');
  return row;
}

/** Gives what is gone; undefined where the schedule has no such override. */
export async function deleteOverride(
  { tx }: DeskChange,
  schedule: string,
  id: string,
): Promise<StoredOverride | undefined> {
  const [gone] = await tx
    .delete(scheduleOverrides)
    .where(and(eq(scheduleOverrides.schedule, schedule), eq(scheduleOverrides.id, id)))
    .returning();
  return gone;
}

async function checkLayers(tx: Db, layers: readonly Layer[]): Promise<void> {
  const users: Reference[] = [];
  const teams: Reference[] = [];
  layers.forEach((layer, i) => {
    if (isCalendarLayer(layer)) {
      layer.shifts.forEach((shift, j) => users.push(...references(`layers.${i}.shifts.${j}.users`, shift.users)));
      return;
    }
    const { participants, shadows = [], eligible } = layer;
    participants.forEach((participant, j) => {
      const path = `layers.${i}.participants.${j}`;
      users.push(...(typeof participant === 'string' ? reference(path, participant) : references(path, participant)));
    });
    shadows.forEach((shadow, j) => {
      users.push(...reference(`layers.${i}.shadows.${j}`, typeof shadow === 'string' ? shadow : shadow.user));
    });
    teams.push(...references(`layers.${i}.eligible.teams`, eligible?.teams));
  });
  await requireAll(tx, 'user', users);
  await requireAll(tx, 'team', teams);
}
