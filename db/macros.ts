import { eq, isNull, or, sql } from 'drizzle-orm';
import type { MacroActions } from '../domain/macro.ts';
import type { Database, Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { macros } from './schema/work.ts';

export type Macro = typeof macros.$inferSelect;
export type MacroFields = Pick<Macro, 'name' | 'owner' | 'body' | 'actions'>;

/** Everybody's and a person's, by name. */
export async function listMacros({ db }: Database, user: string | null): Promise<Macro[]> {
  return db
    .select()
    .from(macros)
    .where(user === null ? isNull(macros.owner) : or(isNull(macros.owner), eq(macros.owner, user)))
    .orderBy(sql`lower(${macros.name})`, macros.id);
}

export async function findMacro(db: Db, id: string): Promise<Macro | undefined> {
  const [row] = await db.select().from(macros).where(eq(macros.id, id));
  return row;
}

export async function insertMacro({ tx }: DeskChange, fields: MacroFields): Promise<Macro> {
  await checkReferences(tx, fields.actions);
  const [row] = await tx
    .insert(macros)
    .values({ ...fields, id: newId('mac') })
    .returning();
  if (row === undefined) throw new Error('A macro was written and cannot be read.');
  return row;
}

/** Undefined where there is no such macro. */
export async function updateMacro(
  { tx }: DeskChange,
  id: string,
  fields: Partial<MacroFields>,
): Promise<Macro | undefined> {
  if (fields.actions !== undefined) await checkReferences(tx, fields.actions);
  const [row] = await tx
    .update(macros)
    .set({ ...fields, updatedAt: new Date() })
    .where(eq(macros.id, id))
    .returning();
  return row;
}

/** False where there is no such macro. */
export async function deleteMacro({ tx }: DeskChange, id: string): Promise<boolean> {
  const gone = await tx.delete(macros).where(eq(macros.id, id)).returning({ id: macros.id });
  return gone.length > 0;
}

async function checkReferences(tx: Db, { assignee, team }: MacroActions): Promise<void> {
  await requireAll(tx, 'user', reference('actions.assignee', assignee === 'me' ? null : assignee));
  await requireAll(tx, 'team', reference('actions.team', team));
}
