import { type SQL, sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  type PgColumn,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Changes, IncidentStatus, OpenTime } from '../../domain/events.ts';
import type { Clock, ClockName, ClockState } from '../../domain/sla.ts';
import type {
  Actor,
  Annotation,
  AttachmentRef,
  Bug,
  CustomFields,
  Level,
  Message,
  Priority,
  Rating,
  Status,
} from '../../domain/ticket.ts';
import { id, instant, transactionId, tsvector } from './columns.ts';

/*
 * `events` is the archive: only ever added to. The other tables but `pages` are derived from its `changes`, refer to
 * each other by no foreign key (streams may be replayed in any order), and can be emptied and filled again.
 */

const recordedNow = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow();

export const events = pgTable(
  'events',
  {
    /** `ticket/<id>` or `incident/<id>`. */
    stream: id('stream').notNull(),
    seq: integer('seq').notNull(),
    /** The ticket that it belongs to, whichever stream it is in; none for incidents that monitoring opened. */
    ticket: id('ticket'),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    actor: jsonb('actor').$type<Actor>().notNull(),
    cause: text('cause').notNull(),
    data: jsonb('data').$type<Readonly<Record<string, unknown>>>().notNull(),
    changes: jsonb('changes').$type<Changes>(),
    recordedAt: recordedNow('recorded_at'),
    /** With `id` the position in the stream of all events: see `db/stream.ts`. */
    tx: transactionId('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    id: bigserial('id', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.stream, t.seq] }),
    index('events_position').on(t.tx, t.id),
    index('events_ticket').on(t.ticket, t.at, t.stream, t.seq),
    // What reports count, and little else.
    index('events_reported')
      .on(t.type, t.at)
      .where(sql`${t.type} in ('ticket.reopened', 'incident.paged', 'incident.acknowledged')`),
  ],
);

/** Tickets that the desk still has to do something about. Partial indexes are found by this very condition. */
export const unsettled = (status: PgColumn): SQL => sql`${status} not in ('solved', 'closed')`;
/** Where nothing is owed the due instant is infinitely far, so that one comparison of rows finds the next page. */
export const dueOrNever = (nextDueAt: PgColumn): SQL => sql`coalesce(${nextDueAt}, 'infinity')`;
/** 1 is the most urgent. */
export const urgency = (priority: PgColumn): SQL =>
  sql`(case ${priority} when 'urgent' then 1 when 'high' then 2 when 'normal' then 3 else 4 end)`;

/** One column for each field of the domain's `TicketRow`, and two for its requester. */
export const tickets = pgTable(
  'tickets',
  {
    id: id('id').primaryKey(),
    subject: text('subject').notNull(),
    status: text('status').$type<Status>().notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    level: smallint('level').$type<Level>().notNull(),
    channel: text('channel').notNull(),
    team: text('team'),
    assignee: text('assignee'),
    requesterEmail: text('requester_email').notNull(),
    requesterName: text('requester_name').notNull(),
    tags: text('tags').array().$type<readonly string[]>().notNull(),
    customFields: jsonb('custom_fields').$type<CustomFields>().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    firstRepliedAt: instant('first_replied_at'),
    lastCustomerMessageAt: instant('last_customer_message_at'),
    solvedAt: instant('solved_at'),
    closedAt: instant('closed_at'),
    reopenCount: integer('reopen_count').notNull(),
    mergedInto: id('merged_into'),
    followUpOf: id('follow_up_of'),
    linkedIncidents: text('linked_incidents').array().$type<readonly string[]>().notNull(),
    slaPolicy: text('sla_policy'),
    openTime: jsonb('open_time').$type<OpenTime>().notNull(),
    nextDueAt: instant('next_due_at'),
    nextDueClock: text('next_due_clock'),
    breachedAt: instant('breached_at'),
    rating: text('rating').$type<Rating>(),
    ratingComment: text('rating_comment'),
    ratedAt: instant('rated_at'),
    annotation: jsonb('annotation').$type<Annotation>(),
    linkedBugs: jsonb('linked_bugs').$type<readonly Bug[]>(),
  },
  (t) => [
    index('tickets_by_due').on(dueOrNever(t.nextDueAt), t.id),
    index('tickets_open_by_due').on(dueOrNever(t.nextDueAt), t.id).where(unsettled(t.status)),
    index('tickets_open_by_urgency').on(urgency(t.priority), dueOrNever(t.nextDueAt), t.id).where(unsettled(t.status)),
    index('tickets_open_of_assignee').on(t.assignee, dueOrNever(t.nextDueAt), t.id).where(unsettled(t.status)),
    index('tickets_open_of_team').on(t.team, dueOrNever(t.nextDueAt), t.id).where(unsettled(t.status)),
    index('tickets_under_policy')
      .on(t.slaPolicy, t.id)
      .where(sql`${t.status} <> 'closed'`),
    index('tickets_by_creation').on(t.createdAt, t.id),
    index('tickets_by_update').on(t.updatedAt, t.id),
    index('tickets_of_assignee').on(t.assignee, t.createdAt, t.id),
    index('tickets_of_requester').on(sql`lower(${t.requesterEmail})`, t.createdAt, t.id),
    index('tickets_merged_into')
      .on(t.mergedInto)
      .where(sql`${t.mergedInto} is not null`),
    index('tickets_by_rating')
      .on(t.ratedAt, t.id)
      .where(sql`${t.ratedAt} is not null`),
  ],
);

/**
 * What a ticket is found by. It has a table of its own because a ticket's row is written again with every change, and
 * each time all its words would be put into the index of words again.
 */
export const ticketSearch = pgTable(
  'ticket_search',
  {
    ticket: id('ticket').primaryKey(),
    /** As the ticket's own, by which a search is ordered: it spares looking up every ticket that has the words. */
    createdAt: instant('created_at').notNull(),
    search: tsvector('search').notNull(),
  },
  (t) => [index('ticket_search_words').using('gin', t.search)],
);

export const messages = pgTable(
  'messages',
  {
    ticket: id('ticket').notNull(),
    id: id('id').notNull(),
    /** Of the event that added it: the order within the ticket. */
    seq: integer('seq').notNull(),
    author: text('author').$type<Message['author']>().notNull(),
    authorId: text('author_id'),
    public: boolean('public').notNull(),
    automatic: boolean('automatic').notNull(),
    body: text('body').notNull(),
    attachments: jsonb('attachments').$type<readonly AttachmentRef[]>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.id] }),
    index('messages_replies')
      .on(t.createdAt)
      .where(sql`${t.author} = 'agent' and ${t.public} and not ${t.automatic}`),
  ],
);

export const slaClocks = pgTable(
  'sla_clocks',
  {
    ticket: id('ticket').notNull(),
    name: text('name').$type<ClockName>().notNull(),
    cycle: integer('cycle').notNull(),
    state: text('state').$type<ClockState>().notNull(),
    targetMs: bigint('target_ms', { mode: 'number' }),
    activatedAt: instant('activated_at').notNull(),
    dueAt: instant('due_at'),
    breachedAt: instant('breached_at'),
    endedAt: instant('ended_at'),
    /** The whole clock; the columns beside it are for queries. */
    clock: jsonb('clock').$type<Clock>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.name, t.cycle] }),
    index('sla_clocks_by_breach').on(t.breachedAt),
    index('sla_clocks_by_end').on(t.endedAt),
  ],
);

/** One column for each field of the domain's `IncidentRow`. */
export const incidents = pgTable(
  'incidents',
  {
    id: id('id').primaryKey(),
    ticket: id('ticket'),
    status: text('status').$type<IncidentStatus>().notNull(),
    reason: text('reason').notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    team: text('team'),
    openedAt: instant('opened_at').notNull(),
    dueAt: instant('due_at').notNull(),
    step: integer('step').notNull(),
    round: integer('round').notNull(),
    responders: text('responders').array().$type<readonly string[]>().notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    snoozedUntil: instant('snoozed_until'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    index('incidents_by_opening').on(t.openedAt, t.id),
    index('incidents_ticket').on(t.ticket),
    index('incidents_unresolved')
      .on(t.openedAt, t.id)
      .where(sql`${t.status} <> 'resolved'`),
  ],
);

/** Pages that went out, by their dedup key: a page is never delivered a second time. Not derived from the archive. */
export const pages = pgTable('pages', {
  dedupKey: text('dedup_key').primaryKey(),
  deliveredAt: recordedNow('delivered_at'),
  /** What the receiver answered. */
  answer: text('answer').notNull(),
});
