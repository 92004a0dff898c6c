import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EscalationConditions, EscalationHours, EscalationStepFields } from '../../domain/escalation-policy.ts';
import type { Layer } from '../../domain/schedule.ts';
import { created, date } from './desk-columns.ts';
import { users } from './desk.ts';

/** Who is on call, and how incidents are escalated: configuration, too, of its own file for its size. */

export const schedules = pgTable(
  'schedules',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    layers: jsonb('layers').$type<readonly Layer[]>().notNull(),
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
