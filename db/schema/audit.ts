import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core';
import { date } from './desk-columns.ts';

/** Who did something: a person, an API key that is nobody's own, a command such as `vigil apply`, or Vigil itself. */
export const authorTypes = ['user', 'key', 'command', 'system'] as const;

/** What became of one field; absent where it was not, or is not. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What was done to one thing. */
export interface AuditItem {
  /** Such as `changed`, or `signed-in`. */
  readonly action: string;
  /** The kind of thing, named as the API's paths do: `users`. */
  readonly resource: string;
  readonly id: string;
  /** What it was called then. */
  readonly name: string | null;
  readonly changes: readonly FieldChange[];
}

/**
 * The trail of changes: one row for each time that somebody changed the configuration or people, or got in. Rows are added
 * and nothing else; the migration has a trigger that refuses the rest.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: serial('id').primaryKey(),
    at: date('at').notNull().defaultNow(),
    actorType: text('actor_type').$type<(typeof authorTypes)[number]>().notNull(),
    /** No reference: who is gone has done what they did. */
    actorId: text('actor_id').notNull(),
    /** As it was then. */
    actorName: text('actor_name').notNull(),
    /** The API key that a person acted through. */
    via: text('via'),
    items: jsonb('items').$type<readonly AuditItem[]>().notNull(),
  },
  (t) => [
    index('audit_events_at').on(t.at),
    index('audit_events_actor').on(t.actorId, t.id),
    index('audit_events_items').using('gin', sql`${t.items} jsonb_path_ops`),
  ],
);
