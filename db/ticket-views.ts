import { asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { ViewFilters } from '../domain/ticket-view.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { ticketViews } from './schema/work.ts';

export type TicketView = typeof ticketViews.$inferSelect;

export interface ViewFields {
  readonly name: string;
  /** Null: everybody's. */
  readonly owner: string | null;
  readonly filters: ViewFilters;
  /** Among the views of the same owner, from 0; the last where it is not said. */
  readonly position?: number | undefined;
}

const mostViews = 50;

/** Everybody's, and those of a person, each in their order. */
export async function listViews({ db }: Database, user: string | null): Promise<TicketView[]> {
  return db
    .select()
    .from(ticketViews)
    .where(user === null ? isNull(ticketViews.owner) : or(isNull(ticketViews.owner), eq(ticketViews.owner, user)))
    .orderBy(sql`${ticketViews.owner} nulls first`, asc(ticketViews.position));
}

export async function findView(db: Db, id: string): Promise<TicketView | undefined> {
  const [row] = await db.select().from(ticketViews).where(eq(ticketViews.id, id));
  return row;
}

export async function insertView({ tx }: DeskChange, fields: ViewFields): Promise<TicketView> {
  const { position, ...row } = fields;
  await checkReferences(tx, fields.filters);
  const count = await tx.$count(ticketViews, ownedBy(fields.owner));
  if (count >= mostViews) throw new DeskConflict(null, `There are ${mostViews} such views already: delete one first.`);
  const id = newId('viw');
  await tx.insert(ticketViews).values({ ...row, id, position: count });
  if (position !== undefined) await arrange(tx, fields.owner, { id, position });
  return stored(tx, id);
}

/** Undefined where there is no such view. */
export async function updateView(
  { tx }: DeskChange,
  id: string,
  fields: Partial<ViewFields>,
): Promise<TicketView | undefined> {
  const before = await findView(tx, id);
  if (before === undefined) return undefined;
  const { position, ...row } = fields;
  if (fields.filters !== undefined) await checkReferences(tx, fields.filters);
  const owner = fields.owner === undefined ? before.owner : fields.owner;
  const moved = owner !== before.owner;
  await tx
    .update(ticketViews)
    // Behind all others, until it is put in its place.
    .set({ ...row, ...(moved && { position: mostViews }), updatedAt: new Date() })
    .where(eq(ticketViews.id, id));
  if (moved) await arrange(tx, before.owner);
  if (moved || position !== undefined) await arrange(tx, owner, position === undefined ? undefined : { id, position });
  return stored(tx, id);
}

/** False where there is no such view. */
export async function deleteView({ tx }: DeskChange, id: string): Promise<boolean> {
  const [gone] = await tx.delete(ticketViews).where(eq(ticketViews.id, id)).returning({ owner: ticketViews.owner });
  if (gone !== undefined) await arrange(tx, gone.owner);
  return gone !== undefined;
}

function ownedBy(owner: string | null): SQL {
  return owner === null ? isNull(ticketViews.owner) : eq(ticketViews.owner, owner);
}

/** Numbers one owner's views from 0, with one of them put in its place first. */
async function arrange(
  tx: Db,
  owner: string | null,
  put?: { readonly id: string; readonly position: number },
): Promise<void> {
  const rows = await tx
    .select({ id: ticketViews.id, position: ticketViews.position })
    .from(ticketViews)
    .where(ownedBy(owner))
    .orderBy(asc(ticketViews.position), asc(ticketViews.id));
  const others = rows.filter(({ id }) => id !== put?.id);
  const ordered = put === undefined ? rows : others.toSpliced(put.position, 0, { ...put });
  for (const [position, row] of ordered.entries()) {
    if (rows.find(({ id }) => id === row.id)?.position === position) continue;
    await tx.update(ticketViews).set({ position }).where(eq(ticketViews.id, row.id));
  }
}

async function checkReferences(tx: Db, { assignee, team }: ViewFilters): Promise<void> {
  const words = ['me', 'none'];
  const named = (id: string | undefined): string | undefined =>
    id !== undefined && words.includes(id) ? undefined : id;
  await requireAll(tx, 'user', reference('filters.assignee', named(assignee)));
  await requireAll(tx, 'team', reference('filters.team', named(team)));
}

async function stored(tx: Db, id: string): Promise<TicketView> {
  const view = await findView(tx, id);
  if (view === undefined) throw new Error(`View ${id} was written and cannot be read.`);
  return view;
}
