import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Calendar } from '../../domain/calendar.ts';
import type { PolicyConditions } from '../../domain/policy-conditions.ts';
import type { PolicyTargets } from '../../domain/sla-policy.ts';
import type { Status } from '../../domain/ticket.ts';
import type { Contact, NotificationRule, QuietHours, UserRole } from '../../domain/user.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { created, date } from './desk-columns.ts';

/** The desk's configuration and people: what is set up by hand, and cannot be derived from the archive. */

export const apiKeyRoles = ['admin', 'manager', 'agent', 'intake', 'read-only'] as const;
export type ApiKeyRole = (typeof apiKeyRoles)[number];

export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: text('role').$type<UserRole>().notNull(),
    manager: text('manager').references((): AnyPgColumn => users.id),
    timeZone: text('time_zone'),
    contacts: jsonb('contacts').$type<readonly Contact[]>().notNull().default([]),
    /** Null: all contacts at once. */
    notificationRules: jsonb('notification_rules').$type<readonly NotificationRule[]>(),
    quietHours: jsonb('quiet_hours').$type<QuietHours>(),
    skills: jsonb('skills').$type<readonly string[]>().notNull().default([]),
    /** When the person came to the company. */
    joinedAt: date('joined_at'),
    /** When the person left it, or will. */
    leftAt: date('left_at'),
    active: boolean('active').notNull().default(true),
    ...created,
  },
  (t) => [uniqueIndex('users_email').on(sql`lower(${t.email})`), index('users_manager').on(t.manager)],
);

export const teams = pgTable(
  'teams',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    manager: text('manager').references(() => users.id),
    /** Null: new tickets have no owner until somebody takes them. */
    ownership: jsonb('ownership').$type<Ownership>(),
    ...created,
  },
  (t) => [uniqueIndex('teams_name').on(sql`lower(${t.name})`)],
);

export const teamMembers = pgTable(
  'team_members',
  {
    team: text('team')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    user: text('user')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.team, t.user] }), index('team_members_user').on(t.user)],
);

export const calendars = pgTable(
  'calendars',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    definition: jsonb('definition').$type<Calendar>().notNull(),
    /** A removed calendar stays for the tickets whose clocks still run by it. */
    removedAt: date('removed_at'),
    ...created,
  },
  (t) => [
    uniqueIndex('calendars_name')
      .on(sql`lower(${t.name})`)
      .where(sql`${t.removedAt} is null`),
  ],
);

export const slaPolicies = pgTable(
  'sla_policies',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    conditions: jsonb('conditions').$type<PolicyConditions>().notNull().default({}),
    calendar: text('calendar').references(() => calendars.id),
    warnAt: jsonb('warn_at').$type<readonly number[]>().notNull(),
    pauseOn: jsonb('pause_on').$type<readonly Status[]>().notNull(),
    targets: jsonb('targets').$type<PolicyTargets>().notNull(),
    active: boolean('active').notNull().default(true),
    /** The desk's version at which what the policy promises last changed, by itself or by its calendar. */
    termsVersion: bigint('terms_version', { mode: 'number' }).notNull().default(0),
    /** The `termsVersion` that open tickets have been, or are being, told of. */
    rolledOutVersion: bigint('rolled_out_version', { mode: 'number' }).notNull().default(0),
    ...created,
  },
  (t) => [uniqueIndex('sla_policies_name').on(sql`lower(${t.name})`), index('sla_policies_calendar').on(t.calendar)],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the key, in hex: keys are long and random, so that nothing slower is needed. */
    hash: text('hash').notNull(),
    role: text('role').$type<ApiKeyRole>().notNull(),
    user: text('user').references(() => users.id, { onDelete: 'set null' }),
    expiresAt: date('expires_at'),
    revokedAt: date('revoked_at'),
    createdAt: created.createdAt,
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.hash)],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Who asked for what: one caller's keys mean nothing for another's. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: smallint('status').notNull(),
    body: jsonb('body').notNull(),
    createdAt: created.createdAt,
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] }), index('idempotency_keys_created_at').on(t.createdAt)],
);

/** One row, counted up in the transaction of every change to the tables above, so that caches see that there is one. */
export const deskVersion = pgTable(
  'desk_version',
  {
    id: boolean('id').primaryKey().default(true),
    version: bigint('version', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('desk_version_one_row', sql`${t.id}`)],
);
