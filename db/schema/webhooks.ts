import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EventPattern } from '../../domain/event-types.ts';
import type { ReasonToGiveUp } from '../../domain/webhook.ts';
import { id } from './columns.ts';
import { created, date } from './desk-columns.ts';

/** Programs elsewhere that are told of events, and what they were told. */

export const webhooks = pgTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    events: jsonb('events').$type<readonly EventPattern[]>().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    /** Counts up: each has its own key. */
    keyVersion: integer('key_version').notNull().default(1),
    /** Until when requests are signed with the key before this one, too. */
    oldKeyUntil: date('old_key_until'),
    ...created,
  },
  (t) => [uniqueIndex('webhooks_name').on(sql`lower(${t.name})`)],
);

const webhook = () =>
  text('webhook')
    .notNull()
    .references(() => webhooks.id, { onDelete: 'cascade' });

/** How far each has come, and how its address does: what changes by itself. */
export const webhookStates = pgTable('webhook_states', {
  webhook: webhook().primaryKey(),
  /** Up to where the archive was searched for it, as `db/stream.ts` counts. */
  position: text('position').notNull(),
  failures: integer('failures').notNull().default(0),
  failingSince: date('failing_since'),
  restsUntil: date('rests_until'),
  lastDeliveredAt: date('last_delivered_at'),
  /** Why Vigil switched it off, where it did. */
  givenUp: text('given_up').$type<ReasonToGiveUp>(),
});

export interface DeliveryAttempt {
  readonly at: string;
  readonly ms: number;
  /** Null where nothing came. */
  readonly status: number | null;
  /** The beginning of what the receiver answered, or why there is no answer. */
  readonly answer: string;
}

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;

export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    /** Sent as `webhook-id`, the same with each attempt. */
    id: text('id').primaryKey(),
    webhook: webhook(),
    /** Counts up: the order of what happened. */
    number: bigserial('number', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    /** The event's place in the archive; null for a test. */
    stream: id('stream'),
    seq: integer('seq'),
    ticket: id('ticket'),
    /** What is told in order: the ticket, or else the stream. */
    lane: id('lane').notNull(),
    state: text('state').$type<(typeof deliveryStates)[number]>().notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** The last ones. */
    log: jsonb('log').$type<readonly DeliveryAttempt[]>().notNull().default([]),
    nextAttemptAt: date('next_attempt_at').notNull().defaultNow(),
    createdAt: date('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_event').on(t.webhook, t.stream, t.seq),
    index('webhook_deliveries_list').on(t.webhook, t.number),
    index('webhook_deliveries_failed')
      .on(t.webhook, t.number)
      .where(sql`${t.state} = 'failed'`),
    index('webhook_deliveries_lane')
      .on(t.webhook, t.lane, t.number)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_due')
      .on(t.webhook, t.nextAttemptAt)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_age').on(t.createdAt),
  ],
);
