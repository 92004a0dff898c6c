import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database, Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { type AuditItem, auditEvents, type authorTypes } from './schema/audit.ts';

export type AuditEvent = typeof auditEvents.$inferSelect;

/** Who changes something, as the trail names them. */
export interface Author {
  readonly type: (typeof authorTypes)[number];
  readonly id: string;
  readonly name: string;
  /** The API key that a person acts through. */
  readonly via?: string | null;
}

/** For what nobody has asked for. */
export const vigil: Author = { type: 'system', id: 'vigil', name: 'Vigil' };

/** Adds to the trail, in the transaction of what it tells of wherever there is one. */
export async function recordAudit(db: Executor, by: Author, items: readonly AuditItem[]): Promise<void> {
  const { type: actorType, id: actorId, name: actorName, via = null } = by;
  await db.insert(auditEvents).values({ actorType, actorId, actorName, via, items });
}

/** What happens to how a person signs in: an item of theirs. */
export function signInItem(
  action: string,
  { id, name }: { readonly id: string; readonly name: string },
  said: Readonly<Record<string, string | null>> = {},
): AuditItem {
  const changes = Object.entries(said).flatMap(([field, to]) => (to === null || to === '' ? [] : [{ field, to }]));
  return { action, resource: 'sign-in', id, name, changes };
}

export interface AuditFilter {
  readonly actor?: string;
  readonly resource?: string;
  /** Of the thing that was changed. */
  readonly resourceId?: string;
  readonly from?: Date;
  readonly until?: Date;
}

const list = 'audit-events';

/**
 * The latest first.
 * @throws InvalidCursor
 */
export async function listAuditEvents(
  { db }: Database,
  { actor, resource, resourceId, from, until }: AuditFilter,
  { cursor, limit }: PageRequest,
): Promise<RowPage<AuditEvent>> {
  const [before] = cursor === undefined ? [] : decodeCursor(list, ['integer'], cursor);
  const about = { ...(resource !== undefined && { resource }), ...(resourceId !== undefined && { id: resourceId }) };
  const rows = await db
    .select()
    .from(auditEvents)
    .where(
      and(
        before === undefined ? undefined : lt(auditEvents.id, before as number),
        actor === undefined ? undefined : eq(auditEvents.actorId, actor),
        Object.keys(about).length === 0 ? undefined : sql`${auditEvents.items} @> ${JSON.stringify([about])}::jsonb`,
        from && gte(auditEvents.at, from),
        until && lt(auditEvents.at, until),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ id }) => encodeCursor(list, [id]));
}
