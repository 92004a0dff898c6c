import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EscalationConditions, EscalationHours, EscalationStepFields } from '../../domain/escalation-policy.ts';
import type { Layer } from '../../domain/schedule.ts';
import type { HandoffRule } from '../../domain/handoff.ts';
import { id } from './columns.ts';
import { created, date } from './desk-columns.ts';
import { teams, users } from './desk.ts';

/** Who is on call, and how incidents are escalated: configuration, too, of its own file for its size. */

export const schedules = pgTable(
  'schedules',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    layers: jsonb('layers').$type<readonly Layer[]>().notNull(),
    handoff: jsonb('handoff').$type<HandoffRule>().notNull().default({ tickets: 'keep', announce: [] }),
    ...created,
  },
  (t) => [uniqueIndex('schedules_name').on(sql`lower(${t.name})`)],
);

export const scheduleOverrides = pgTable(
  'schedule_overrides',
  {
    id: text('id').primaryKey(),
    /** Overrides act in this order. */
    number: bigserial('number', { mode: 'number' }).notNull(),
    schedule: text('schedule')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    start: date('start').notNull(),
    end: date('end').notNull(),
    user: text('user').references(() => users.id),
    replaces: text('replaces').references(() => users.id),
    adds: text('adds').references(() => users.id),
    reason: text('reason'),
    createdAt: created.createdAt,
  },
  (t) => [index('schedule_overrides_schedule').on(t.schedule, t.number)],
);

export const routingKeys = pgTable(
  'routing_keys',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    team: text('team')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    /** SHA-256 of the key, in hex. */
    hash: text('hash').notNull(),
    createdAt: created.createdAt,
  },
  (t) => [uniqueIndex('routing_keys_name').on(sql`lower(${t.name})`), uniqueIndex('routing_keys_hash').on(t.hash)],
);

export const absences = pgTable(
  'absences',
  {
    id: text('id').primaryKey(),
    user: text('user')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    start: date('start').notNull(),
    end: date('end').notNull(),
    reason: text('reason'),
    /** Of the event in the calendar that it was read from; null where it was entered here. */
    uid: text('uid'),
    createdAt: created.createdAt,
  },
  (t) => [index('absences_user').on(t.user, t.start)],
);

export const escalationPolicies = pgTable(
  'escalation_policies',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    conditions: jsonb('conditions').$type<EscalationConditions>().notNull().default({}),
    hours: jsonb('hours').$type<EscalationHours>(),
    steps: jsonb('steps').$type<readonly EscalationStepFields[]>().notNull(),
    rounds: integer('rounds').notNull(),
    resolveTimeout: text('resolve_timeout'),
    next: text('next'),
    active: boolean('active').notNull().default(true),
    ...created,
  },
  (t) => [uniqueIndex('escalation_policies_name').on(sql`lower(${t.name})`)],
);

/** A trainee shadows a layer of a schedule, and then has turns in it. */
export const trainings = pgTable(
  'trainings',
  {
    id: text('id').primaryKey(),
    schedule: text('schedule')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    /** By its number from 0. */
    layer: integer('layer').notNull(),
    user: text('user')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    start: date('start').notNull(),
    weeks: integer('weeks').notNull(),
    /** Whether a manager has to say that the trainee is ready. */
    needsConfirmation: boolean('needs_confirmation').notNull(),
    confirmedAt: date('confirmed_at'),
    /** A user or a key. */
    confirmedBy: text('confirmed_by'),
    createdAt: created.createdAt,
  },
  (t) => [index('trainings_schedule').on(t.schedule)],
);

export const swapStatuses = ['asked', 'accepted', 'declined', 'withdrawn'] as const;

/** One person asks another to take a shift, or to exchange two. */
export const shiftSwaps = pgTable(
  'shift_swaps',
  {
    id: text('id').primaryKey(),
    schedule: text('schedule')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    asker: text('asker')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    asked: text('asked')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What the asker gives away. */
    givenStart: date('given_start').notNull(),
    givenEnd: date('given_end').notNull(),
    /** What the asker takes for it; null where nothing is wanted. */
    takenStart: date('taken_start'),
    takenEnd: date('taken_end'),
    status: text('status').$type<(typeof swapStatuses)[number]>().notNull(),
    createdAt: created.createdAt,
    answeredAt: date('answered_at'),
  },
  (t) => [index('shift_swaps_schedule').on(t.schedule, t.createdAt)],
);

/** Secret addresses of calendars, of a schedule or of a person; a revoked one is gone. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: text('id').primaryKey(),
    schedule: text('schedule').references(() => schedules.id, { onDelete: 'cascade' }),
    user: text('user').references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the address, in hex. */
    hash: text('hash').notNull(),
    createdAt: created.createdAt,
  },
  (t) => [uniqueIndex('calendar_feeds_hash').on(t.hash)],
);

/** To whom the rules of teams gave tickets. Not derived from the archive: a ticket's row says who owns it. */
export const ownerships = pgTable(
  'ownerships',
  {
    ticket: id('ticket').primaryKey(),
    team: text('team').notNull(),
    user: text('user').notNull(),
    priority: text('priority').notNull(),
    /** Counts up: who got one last. */
    number: bigserial('number', { mode: 'number' }).notNull(),
    givenAt: date('given_at').notNull().defaultNow(),
  },
  (t) => [index('ownerships_user').on(t.user, t.number)],
);

/** Shifts as they began: what a handoff has told and moved, once. */
export const handoffs = pgTable(
  'handoffs',
  {
    schedule: text('schedule')
      .notNull()
      .references(() => schedules.id, { onDelete: 'cascade' }),
    at: date('at').notNull(),
    /** Null: until nobody knows when. */
    until: date('until'),
    users: jsonb('users').$type<readonly string[]>().notNull(),
    shadows: jsonb('shadows').$type<readonly string[]>().notNull(),
    leaving: jsonb('leaving').$type<readonly string[]>().notNull(),
    ticketsMoved: integer('tickets_moved').notNull(),
    recordedAt: created.createdAt,
  },
  (t) => [primaryKey({ columns: [t.schedule, t.at] })],
);
