import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Training } from '../domain/training.ts';
import type { Database, Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { trainings } from './schema/on-call.ts';

export type StoredTraining = typeof trainings.$inferSelect;
export type TrainingFields = Pick<
  StoredTraining,
  'schedule' | 'layer' | 'user' | 'start' | 'weeks' | 'needsConfirmation'
>;

/** As the rules take it. */
export function trainingOf({ layer, user, start, weeks, needsConfirmation, confirmedAt }: StoredTraining): Training {
  return {
    layer,
    user,
    start: start.getTime(),
    weeks,
    needsConfirmation,
    confirmedAt: confirmedAt && confirmedAt.getTime(),
  };
}

/** By their start. */
export async function listTrainings({ db }: Database, schedule?: string): Promise<StoredTraining[]> {
  return db
    .select()
    .from(trainings)
    .where(schedule === undefined ? undefined : eq(trainings.schedule, schedule))
    .orderBy(asc(trainings.start), asc(trainings.id))
    .limit(1000);
}

export async function findTraining(db: Db, id: string): Promise<StoredTraining | undefined> {
  const [row] = await db.select().from(trainings).where(eq(trainings.id, id));
  return row;
}

export async function insertTraining({ tx }: DeskChange, fields: TrainingFields): Promise<StoredTraining> {
  await requireAll(tx, 'schedule', reference('schedule', fields.schedule));
  await requireAll(tx, 'user', reference('user', fields.user));
  const [row] = await tx
    .insert(trainings)
    .values({ ...fields, id: newId('trn') })
    .returning();
  if (row === undefined) throw new Error('A training was written and cannot be read.');
  return row;
}

/** Undefined where there is no such training that waits to be confirmed. */
export async function confirmTraining(
  { tx }: DeskChange,
  id: string,
  by: string,
  at: Date,
): Promise<StoredTraining | undefined> {
  const [row] = await tx
    .update(trainings)
    .set({ confirmedAt: at, confirmedBy: by })
    .where(and(eq(trainings.id, id), isNull(trainings.confirmedAt)))
    .returning();
  return row;
}

/** Gives what is gone; undefined where there is no such training. The trainee is neither shadow nor participant any more. */
export async function deleteTraining({ tx }: DeskChange, id: string): Promise<StoredTraining | undefined> {
  const [gone] = await tx.delete(trainings).where(eq(trainings.id, id)).returning();
  return gone;
}
