import type { Db } from './client.ts';
import { and, asc, eq, gt, inArray, isNotNull, lt } from 'drizzle-orm';
import type { StoredAbsence } from './absences.ts';
import type { DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { absences } from './schema/on-call.ts';

/** An absence as a calendar has it. */
export interface CalendarAbsence {
  /** Of its start, too: what begins at another instant is another absence. */
  readonly uid: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** An absence that became shorter or longer counts as one removed and one added. */
export interface CalendarChanges {
  readonly added: number;
  readonly removed: number;
  readonly unchanged: number;
}

type NewAbsence = typeof absences.$inferInsert;

/**
 * Makes the absences of a person that were read from a calendar, as far as they overlap the time from `from` up to `to`,
 * those that are given. What has passed by `from` stays, and so does what is known for how long: an absence moves no turn
 * that had begun before it was known. Hence a longer absence gets a second row for the time by which it is longer.
 */
export async function replaceCalendarAbsences(
  { tx }: DeskChange,
  user: string,
  wanted: readonly CalendarAbsence[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<CalendarChanges> {
  await requireAll(tx, 'user', reference('user', user));
  const parts = partsByUid(await readRows(tx, user, from, to));
  const fresh: NewAbsence[] = [];
  const count = { added: 0, removed: 0, unchanged: 0 };
  for (const absence of wanted) {
    const rows = parts.get(absence.uid) ?? [];
    parts.delete(absence.uid);
    const isSame = rows.at(-1)?.end.getTime() === absence.end;
    if (isSame) count.unchanged += 1;
    else {
      count.added += 1;
      if (rows.length > 0) count.removed += 1;
      fresh.push(...(await changeEnd(tx, user, rows, absence)));
    }
    await rename(tx, rows, absence.reason);
  }
  for (const rows of parts.values()) await cut(tx, rows, from);
  if (fresh.length > 0) await tx.insert(absences).values(fresh);
  return { ...count, removed: count.removed + parts.size };
}

async function readRows(tx: Db, user: string, from: number, to: number): Promise<StoredAbsence[]> {
  const { start, end, uid } = absences;
  const inWindow = and(gt(end, new Date(from)), lt(start, new Date(to)));
  return tx
    .select()
    .from(absences)
    .where(and(eq(absences.user, user), isNotNull(uid), inWindow))
    .orderBy(asc(start), asc(end));
}

function partsByUid(rows: readonly StoredAbsence[]): Map<string, StoredAbsence[]> {
  const parts = new Map<string, StoredAbsence[]>();
  for (const row of rows) parts.set(row.uid as string, [...(parts.get(row.uid as string) ?? []), row]);
  return parts;
}

/** Gives what is to be inserted: the whole absence, or the time by which it is longer now. */
async function changeEnd(
  tx: Db,
  user: string,
  rows: readonly StoredAbsence[],
  { uid, start, end, reason }: CalendarAbsence,
): Promise<NewAbsence[]> {
  const known = rows.at(-1)?.end.getTime() ?? start;
  if (known < end) {
    return [{ id: newId('abs'), user, uid, start: new Date(known), end: new Date(end), reason: reason || null }];
  }
  await cut(tx, rows, end);
  return [];
}

/** Nothing of the rows is left from an instant on. */
async function cut(tx: Db, rows: readonly StoredAbsence[], at: number): Promise<void> {
  const isLater = ({ start }: StoredAbsence): boolean => start.getTime() >= at;
  const later = rows.filter(isLater).map(({ id }) => id);
  if (later.length > 0) await tx.delete(absences).where(inArray(absences.id, later));
  const longer = rows.filter((row) => !isLater(row) && row.end.getTime() > at).map(({ id }) => id);
  if (longer.length > 0) {
    await tx
      .update(absences)
      .set({ end: new Date(at) })
      .where(inArray(absences.id, longer));
  }
}

async function rename(tx: Db, rows: readonly StoredAbsence[], reason: string): Promise<void> {
  const others = rows.filter((row) => row.reason !== (reason || null)).map(({ id }) => id);
  if (others.length === 0) return;
  await tx
    .update(absences)
    .set({ reason: reason || null })
    .where(inArray(absences.id, others));
}
