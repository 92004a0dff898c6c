import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { Changes, IncidentStatus, OpenTime } from '../../domain/events.ts';
import type { Clock, ClockState } from '../../domain/sla.ts';
import type { Actor, AttachmentRef, CustomFields, Message, Priority, Status } from '../../domain/ticket.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** The archive: every change of every ticket and incident, only ever added to. All tables below it are derived from it. */
export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).notNull(),
    /** With `id`, the place in the stream of all events: what is older than every transaction under way is complete. */
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    ticket: text('ticket').notNull(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    actor: jsonb('actor').$type<Actor>().notNull(),
    cause: text('cause').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    changes: jsonb('changes').$type<Changes>(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.stream, t.seq] }),
    unique('events_position').on(t.tx, t.id),
    index('events_ticket').on(t.ticket, t.at, t.stream, t.seq),
  ],
);

export const tickets = pgTable(
  'tickets',
  {
    id: text('id').primaryKey(),
    subject: text('subject').notNull(),
    status: text('status').$type<Status>().notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    level: integer('level').$type<1 | 2 | 3>().notNull(),
    channel: text('channel').notNull(),
    team: text('team'),
    assignee: text('assignee'),
    requesterEmail: text('requester_email').notNull(),
    requesterName: text('requester_name').notNull(),
    tags: text('tags').array().notNull(),
    customFields: jsonb('custom_fields').$type<CustomFields>().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    firstRepliedAt: instant('first_replied_at'),
    lastCustomerMessageAt: instant('last_customer_message_at'),
    solvedAt: instant('solved_at'),
    closedAt: instant('closed_at'),
    reopenCount: integer('reopen_count').notNull(),
    mergedInto: text('merged_into'),
    followUpOf: text('follow_up_of'),
    linkedIncidents: text('linked_incidents').array().notNull(),
    slaPolicy: text('sla_policy'),
    openTime: jsonb('open_time').$type<OpenTime>().notNull(),
    nextDueAt: instant('next_due_at'),
    nextDueClock: text('next_due_clock'),
    breachedAt: instant('breached_at'),
    search: tsvector('search')
      .notNull()
      .default(sql`''::tsvector`),
    /** Characters of messages in `search`; beyond a bound no more are added. */
    searchedCharacters: integer('searched_characters').notNull().default(0),
  },
  (t) => [
    index('tickets_open_by_due')
      .on(t.nextDueAt, t.id)
      .where(sql`status not in ('solved', 'closed')`),
    index('tickets_open_by_assignee')
      .on(t.assignee, t.nextDueAt, t.id)
      .where(sql`status not in ('solved', 'closed')`),
    index('tickets_open_by_team')
      .on(t.team, t.nextDueAt, t.id)
      .where(sql`status not in ('solved', 'closed')`),
    index('tickets_by_creation').on(t.createdAt, t.id),
    index('tickets_by_update').on(t.updatedAt, t.id),
    index('tickets_by_requester').on(t.requesterEmail, t.createdAt),
    index('tickets_merged')
      .on(t.mergedInto)
      .where(sql`merged_into is not null`),
    index('tickets_by_policy')
      .on(t.slaPolicy, t.id)
      .where(sql`status <> 'closed'`),
    index('tickets_search').using('gin', t.search),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: text('id').notNull(),
    ticket: text('ticket').notNull(),
    author: text('author').$type<Message['author']>().notNull(),
    authorId: text('author_id'),
    public: boolean('public').notNull(),
    automatic: boolean('automatic').notNull(),
    body: text('body').notNull(),
    attachments: jsonb('attachments').$type<readonly AttachmentRef[]>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticket, t.id] }), index('messages_in_order').on(t.ticket, t.createdAt, t.id)],
);

export const slaClocks = pgTable(
  'sla_clocks',
  {
    ticket: text('ticket').notNull(),
    name: text('name').$type<Clock['name']>().notNull(),
    cycle: integer('cycle').notNull(),
    state: text('state').$type<ClockState>().notNull(),
    targetMs: bigint('target_ms', { mode: 'number' }),
    activatedAt: instant('activated_at').notNull(),
    dueAt: instant('due_at'),
    breachedAt: instant('breached_at'),
    endedAt: instant('ended_at'),
    clock: jsonb('clock').$type<Clock>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticket, t.name, t.cycle] }), index('sla_clocks_by_breach').on(t.breachedAt)],
);

export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    ticket: text('ticket').notNull(),
    status: text('status').$type<IncidentStatus>().notNull(),
    reason: text('reason').notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    team: text('team'),
    openedAt: instant('opened_at').notNull(),
    dueAt: instant('due_at').notNull(),
    step: integer('step').notNull(),
    round: integer('round').notNull(),
    responders: text('responders').array().notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    snoozedUntil: instant('snoozed_until'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [index('incidents_by_ticket').on(t.ticket), index('incidents_by_status').on(t.status, t.openedAt, t.id)],
);

/** Pages that were delivered, by dedup key: a page is not sent again after a worker was lost. */
export const pages = pgTable('pages', {
  dedupKey: text('dedup_key').primaryKey(),
  answer: text('answer').notNull(),
  deliveredAt: instant('delivered_at').notNull().defaultNow(),
});
