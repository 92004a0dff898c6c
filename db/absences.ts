import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database, Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { absences } from './schema/on-call.ts';

export type StoredAbsence = typeof absences.$inferSelect;
export type AbsenceFields = Omit<StoredAbsence, 'id' | 'createdAt'>;

/** Those that end after an instant, by their start. */
export async function listAbsences(
  { db }: Database,
  { user, endingAfter }: { readonly user?: string; readonly endingAfter: Date },
): Promise<StoredAbsence[]> {
  return db
    .select()
    .from(absences)
    .where(and(gt(absences.end, endingAfter), user === undefined ? undefined : eq(absences.user, user)))
    .orderBy(asc(absences.start), asc(absences.id))
    .limit(1000);
}

export async function findAbsence(db: Db, id: string): Promise<StoredAbsence | undefined> {
  const [row] = await db.select().from(absences).where(eq(absences.id, id));
  return row;
}

export async function insertAbsence({ tx }: DeskChange, fields: AbsenceFields): Promise<StoredAbsence> {
  await requireAll(tx, 'user', reference('user', fields.user));
  const [row] = await tx
    .insert(absences)
    .values({ ...fields, id: newId('abs') })
    .returning();
  if (row === undefined) throw new Error('An absence was written and cannot be read.');
  return row;
}

/** Gives what is gone; undefined where there is no such absence. */
export async function deleteAbsence({ tx }: DeskChange, id: string): Promise<StoredAbsence | undefined> {
  const [gone] = await tx.delete(absences).where(eq(absences.id, id)).returning();
  return gone;
}
