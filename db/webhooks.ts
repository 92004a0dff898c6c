import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { ReasonToGiveUp, WebhookFields } from '../domain/webhook.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { webhookDeliveries, webhooks, webhookStates } from './schema/webhooks.ts';
import { streamHead } from './stream.ts';

/** A webhook, how its address does, and how many deliveries wait for it. */
export type Webhook = typeof webhooks.$inferSelect & {
  readonly state: typeof webhookStates.$inferSelect;
  readonly pending: number;
};

/** The archive is gone through once for each. */
const most = 50;

const columns = {
  ...getTableColumns(webhooks),
  state: webhookStates,
  pending: sql<number>`(
    select count(*)::int from ${webhookDeliveries}
    where ${webhookDeliveries.webhook} = ${webhooks.id} and ${webhookDeliveries.state} = 'pending'
  )`,
};

const withStates = (db: Db) =>
  db.select(columns).from(webhooks).innerJoin(webhookStates, eq(webhookStates.webhook, webhooks.id)).$dynamic();

export async function listWebhooks({ db }: Database, page: PageRequest): Promise<RowPage<Webhook>> {
  return pageByName('webhooks', webhooks, page, ({ after, orderBy, limit }) =>
    withStates(db)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findWebhook(db: Db, id: string): Promise<Webhook | undefined> {
  const [row] = await withStates(db).where(eq(webhooks.id, id));
  return row;
}

/** It is told of what happens from now on. */
export async function insertWebhook({ tx }: DeskChange, fields: WebhookFields): Promise<Webhook> {
  if ((await tx.$count(webhooks)) >= most) {
    throw new DeskConflict(null, `There are ${most} webhooks, and no more can be: delete one that nobody needs.`);
  }
  const id = newId('whk');
  await tx.insert(webhooks).values({ ...fields, id });
  await tx.insert(webhookStates).values({ webhook: id, position: await streamHead(tx) });
  return required(tx, id);
}

/** Whoever switches it on again or changes its address has repaired something: what waits is tried at once. */
export async function updateWebhook(
  { tx }: DeskChange,
  id: string,
  fields: Partial<WebhookFields>,
): Promise<Webhook | undefined> {
  const before = await findWebhook(tx, id);
  if (before === undefined) return undefined;
  await tx
    .update(webhooks)
    .set({ ...fields, updatedAt: sql`now()` })
    .where(eq(webhooks.id, id));
  const after = { ...before, ...fields };
  if (after.enabled && (!before.enabled || after.url !== before.url)) {
    await tx
      .update(webhookStates)
      .set({ failures: 0, failingSince: null, restsUntil: null, givenUp: null })
      .where(eq(webhookStates.webhook, id));
    await tx
      .update(webhookDeliveries)
      .set({ nextAttemptAt: sql`now()` })
      .where(and(eq(webhookDeliveries.webhook, id), eq(webhookDeliveries.state, 'pending')));
  }
  return required(tx, id);
}

/** Gives it another key; the one before signs, too, for a day, so that receivers can be changed meanwhile. */
export async function renewKey({ tx }: DeskChange, id: string): Promise<Webhook | undefined> {
  await tx
    .update(webhooks)
    .set({
      keyVersion: sql`${webhooks.keyVersion} + 1`,
      oldKeyUntil: sql`now() + interval '24 hours'`,
      updatedAt: sql`now()`,
    })
    .where(eq(webhooks.id, id));
  return findWebhook(tx, id);
}

/** Switches it off for a reason of Vigil's own; undefined where there is no such webhook. */
export async function giveUpWebhook(
  { tx }: DeskChange,
  id: string,
  reason: ReasonToGiveUp,
): Promise<Webhook | undefined> {
  await tx.update(webhookStates).set({ givenUp: reason }).where(eq(webhookStates.webhook, id));
  await tx
    .update(webhooks)
    .set({ enabled: false, updatedAt: sql`now()` })
    .where(eq(webhooks.id, id));
  return findWebhook(tx, id);
}

/** False where there is no such webhook. What was delivered goes with it. */
export async function deleteWebhook({ tx }: DeskChange, id: string): Promise<boolean> {
  const gone = await tx.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id });
  return gone.length > 0;
}

async function required(tx: Db, id: string): Promise<Webhook> {
  const row = await findWebhook(tx, id);
  if (row === undefined) throw new Error('A webhook was written and cannot be read.');
  return row;
}
