import { and, desc, eq, getTableColumns, inArray, lt, lte, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { matches } from '../domain/event-types.ts';
import type { Health } from '../domain/webhook.ts';
import type { Database, Db } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { shownEvent, storedEvent, type StoredEvent } from './events.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { events } from './schema/archive.ts';
import { type DeliveryAttempt, webhookDeliveries as deliveries, webhooks, webhookStates } from './schema/webhooks.ts';
import { eventsAfter } from './stream.ts';
import { inTransaction } from './transaction.ts';

const atOnce = 500;
/** What happened while a webhook was off is told as far back as this. */
const tellsBackMs = 7 * 24 * 60 * 60 * 1000;
const keptFor = sql`interval '30 days'`;
const removedAtOnce = 1000;

/**
 * Goes through what has been recorded since it was last done, and files what the webhook is to be told of. The archive is
 * gone through, and not what somebody is just writing: so nothing is forgotten, whatever ends in between, and whichever
 * API does it. Says how many were filed, and whether there is more to go through.
 */
export async function fileDeliveries(
  database: Database,
  webhook: string,
  now: number,
): Promise<{ readonly filed: number; readonly more: boolean }> {
  return inTransaction(database, async (tx) => {
    const [found] = await tx
      .select({ position: webhookStates.position, patterns: webhooks.events })
      .from(webhookStates)
      .innerJoin(webhooks, eq(webhooks.id, webhookStates.webhook))
      .where(and(eq(webhookStates.webhook, webhook), eq(webhooks.enabled, true)))
      .for('update', { of: webhookStates, skipLocked: true });
    // It is off, or another API is at it.
    if (found === undefined) return { filed: 0, more: false };
    const passed = await eventsAfter(tx, found.position, {}, atOnce);
    const last = passed.at(-1);
    if (last === undefined) return { filed: 0, more: false };
    const wanted = passed.filter(({ type, at }) => at > now - tellsBackMs && matches(found.patterns, type));
    if (wanted.length > 0) {
      await tx
        .insert(deliveries)
        .values(
          wanted.map(({ stream, seq, ticket, type }) => ({
            ...{ id: newId('dlv'), webhook, type, stream, seq, ticket },
            lane: ticket ?? stream,
          })),
        )
        .onConflictDoNothing();
    }
    await tx.update(webhookStates).set({ position: last.position }).where(eq(webhookStates.webhook, webhook));
    return { filed: wanted.length, more: passed.length === atOnce };
  });
}

export async function enabledWebhooks({ db }: Database): Promise<string[]> {
  const rows = await db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.enabled, true));
  return rows.map(({ id }) => id);
}

/** Those with something that was due a while ago, which nobody seems to be at. */
export async function overdueWebhooks({ db }: Database, overdueMs: number): Promise<string[]> {
  const overdue = sql`now() - ${overdueMs} * interval '1 millisecond'`;
  const rows = await db
    .select({ id: webhooks.id })
    .from(webhooks)
    .innerJoin(webhookStates, eq(webhookStates.webhook, webhooks.id))
    .where(
      and(
        eq(webhooks.enabled, true),
        sql`coalesce(${webhookStates.restsUntil}, '-infinity') < ${overdue}`,
        sql`exists (
          select 1 from ${deliveries} where ${deliveries.webhook} = ${webhooks.id}
          and ${deliveries.state} = 'pending' and ${deliveries.nextAttemptAt} < ${overdue}
        )`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** Forgets what came to its end long ago, a part at a time. */
export async function forgetOldDeliveries({ db }: Database): Promise<void> {
  const old = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(sql`${deliveries.createdAt} < now() - ${keptFor}`, sql`${deliveries.state} <> 'pending'`))
    .limit(removedAtOnce);
  await db.delete(deliveries).where(inArray(deliveries.id, old));
}

/** A delivery with its event; a test has none. */
export type DeliveryRow = typeof deliveries.$inferSelect & { readonly event: StoredEvent | null };

const withEvents = (db: Db) =>
  db
    .select({ ...getTableColumns(deliveries), event: storedEvent })
    .from(deliveries)
    .leftJoin(events, and(eq(events.stream, deliveries.stream), eq(events.seq, deliveries.seq)))
    .$dynamic();

/** What the receiver is told. */
export function toldOf({ id, type, createdAt, event }: DeliveryRow) {
  return {
    ...{ id, type },
    at: event?.at ?? createdAt.getTime(),
    data: event === null ? { test: true } : shownEvent(event),
  };
}

const earlier = alias(deliveries, 'earlier');

/** Whether nothing of the same lane waits that happened before. */
const isNext = (db: Db) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(earlier)
      .where(
        and(
          eq(earlier.webhook, deliveries.webhook),
          eq(earlier.lane, deliveries.lane),
          eq(earlier.state, 'pending'),
          sql`${earlier.number} < ${deliveries.number}`,
        ),
      ),
  );

/** What is to be sent now: of each lane the first alone, so that a ticket's events come in their order. */
export async function dueDeliveries(db: Db, webhook: string, now: number, limit: number): Promise<DeliveryRow[]> {
  return withEvents(db)
    .where(
      and(
        eq(deliveries.webhook, webhook),
        eq(deliveries.state, 'pending'),
        lte(deliveries.nextAttemptAt, new Date(now)),
        isNext(db),
      ),
    )
    .orderBy(deliveries.nextAttemptAt, deliveries.number)
    .limit(limit);
}

/** When the next of what waits is due; null where nothing waits. */
export async function nextDueAt(db: Db, webhook: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: deliveries.nextAttemptAt })
    .from(deliveries)
    .where(and(eq(deliveries.webhook, webhook), eq(deliveries.state, 'pending'), isNext(db)))
    .orderBy(deliveries.nextAttemptAt)
    .limit(1);
  return row?.at ?? null;
}

/** What came of an attempt; `nextAttemptAt` is null at the end. */
export interface Attempted {
  readonly id: string;
  readonly delivered: boolean;
  readonly attempts: number;
  readonly log: readonly DeliveryAttempt[];
  readonly nextAttemptAt: Date | null;
}

export async function recordAttempts(
  database: Database,
  webhook: string,
  attempted: readonly Attempted[],
  { failures, failingSince, restsUntil }: Health,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    for (const { id, delivered, attempts, log, nextAttemptAt } of attempted) {
      await tx
        .update(deliveries)
        .set({
          attempts,
          log,
          state: delivered ? 'delivered' : nextAttemptAt === null ? 'failed' : 'pending',
          ...(nextAttemptAt !== null && { nextAttemptAt }),
        })
        .where(and(eq(deliveries.id, id), eq(deliveries.state, 'pending')));
    }
    await tx
      .update(webhookStates)
      .set({
        failures,
        failingSince: failingSince === null ? null : new Date(failingSince),
        restsUntil: restsUntil === null ? null : new Date(restsUntil),
        ...(attempted.some(({ delivered }) => delivered) && { lastDeliveredAt: sql`now()` }),
      })
      .where(eq(webhookStates.webhook, webhook));
  });
}

/**
 * The latest first.
 * @throws InvalidCursor
 */
export async function listDeliveries(
  { db }: Database,
  webhook: string,
  { state, cursor, limit }: PageRequest & { readonly state?: DeliveryRow['state'] | undefined },
): Promise<RowPage<DeliveryRow>> {
  const list = `deliveries ${webhook}`;
  const [before] = cursor === undefined ? [] : decodeCursor(list, ['serial'], cursor);
  const rows = await withEvents(db)
    .where(
      and(
        eq(deliveries.webhook, webhook),
        state === undefined ? undefined : eq(deliveries.state, state),
        before === undefined ? undefined : lt(deliveries.number, before as number),
      ),
    )
    .orderBy(desc(deliveries.number))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ number }) => encodeCursor(list, [number]));
}

export async function findDelivery(db: Db, webhook: string, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await withEvents(db).where(and(eq(deliveries.webhook, webhook), eq(deliveries.id, id)));
  return row;
}

/** Something to deliver that tells of nothing. It waits for no other. */
export async function addTestDelivery(db: Db, webhook: string): Promise<DeliveryRow> {
  const id = newId('dlv');
  await db.insert(deliveries).values({ id, webhook, type: 'webhook.test', lane: id });
  const row = await findDelivery(db, webhook, id);
  if (row === undefined) throw new Error('A delivery was written and cannot be read.');
  return row;
}

/** Has it sent, again or at last; what was tried before stays to be seen. Undefined where there is none. */
export async function redeliver(db: Db, webhook: string, id: string): Promise<DeliveryRow | undefined> {
  await db
    .update(deliveries)
    .set(anew)
    .where(and(eq(deliveries.webhook, webhook), eq(deliveries.id, id)));
  return findDelivery(db, webhook, id);
}

/** The same of all that are not tried any more; says how many. */
export async function redeliverFailed(db: Db, webhook: string): Promise<number> {
  const again = await db
    .update(deliveries)
    .set(anew)
    .where(and(eq(deliveries.webhook, webhook), eq(deliveries.state, 'failed')))
    .returning({ id: deliveries.id });
  return again.length;
}

/** What had come to its end is tried for as long as something new. */
const anew = {
  state: 'pending',
  attempts: sql`case when ${deliveries.state} = 'pending' then ${deliveries.attempts} else 0 end`,
  nextAttemptAt: sql`now()`,
} as const;
