import { and, desc, eq } from 'drizzle-orm';
import type { Database, Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { shiftSwaps, type swapStatuses } from './schema/on-call.ts';

export type ShiftSwap = typeof shiftSwaps.$inferSelect;
export type SwapFields = Pick<
  ShiftSwap,
  'schedule' | 'asker' | 'asked' | 'givenStart' | 'givenEnd' | 'takenStart' | 'takenEnd'
>;
export type SwapStatus = (typeof swapStatuses)[number];

/** The latest first. */
export async function listSwaps({ db }: Database, schedule: string): Promise<ShiftSwap[]> {
  return db
    .select()
    .from(shiftSwaps)
    .where(eq(shiftSwaps.schedule, schedule))
    .orderBy(desc(shiftSwaps.createdAt), desc(shiftSwaps.id))
    .limit(200);
}

export async function findSwap(db: Db, schedule: string, id: string): Promise<ShiftSwap | undefined> {
  const [row] = await db
    .select()
    .from(shiftSwaps)
    .where(and(eq(shiftSwaps.schedule, schedule), eq(shiftSwaps.id, id)));
  return row;
}

export async function insertSwap({ tx }: DeskChange, fields: SwapFields): Promise<ShiftSwap> {
  await requireAll(tx, 'user', [...reference('asker', fields.asker), ...reference('asked', fields.asked)]);
  const [row] = await tx
    .insert(shiftSwaps)
    .values({ ...fields, id: newId('swp'), status: 'asked' })
    .returning();
  if (row === undefined) throw new Error('A swap was written and cannot be read.');
  return row;
}

export async function answerSwap({ tx }: DeskChange, id: string, status: SwapStatus): Promise<ShiftSwap> {
  const [row] = await tx
    .update(shiftSwaps)
    .set({ status, answeredAt: new Date() })
    .where(eq(shiftSwaps.id, id))
    .returning();
  if (row === undefined) throw new Error(`The swap ${id} was answered and cannot be read.`);
  return row;
}
