import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { hashOf } from './api-keys.ts';
import type { Database, Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { routingKeys } from './schema/on-call.ts';

/** Lets a monitoring system open incidents of one team. */
export type RoutingKey = typeof routingKeys.$inferSelect;

export async function listRoutingKeys({ db }: Database, page: PageRequest): Promise<RowPage<RoutingKey>> {
  return pageByName('routing-keys', routingKeys, page, ({ after, orderBy, limit }) =>
    db
      .select()
      .from(routingKeys)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findRoutingKey(db: Db, id: string): Promise<RoutingKey | undefined> {
  const [row] = await db.select().from(routingKeys).where(eq(routingKeys.id, id));
  return row;
}

/** `key` is what monitoring sends, 32 characters as PagerDuty's are; only its hash is kept. */
export async function insertRoutingKey(
  { tx }: DeskChange,
  fields: Pick<RoutingKey, 'name' | 'team'>,
): Promise<{ readonly key: string; readonly stored: RoutingKey }> {
  await requireAll(tx, 'team', reference('team', fields.team));
  const key = randomBytes(16).toString('hex');
  const [stored] = await tx
    .insert(routingKeys)
    .values({ ...fields, id: newId('rtk'), hash: hashOf(key) })
    .returning();
  if (stored === undefined) throw new Error('A routing key was written and cannot be read.');
  return { key, stored };
}

/** False where there is no such key. */
export async function deleteRoutingKey({ tx }: DeskChange, id: string): Promise<boolean> {
  const gone = await tx.delete(routingKeys).where(eq(routingKeys.id, id)).returning({ id: routingKeys.id });
  return gone.length > 0;
}
