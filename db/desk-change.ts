import { sql } from 'drizzle-orm';
import { type Author, recordAudit } from './audit-events.ts';
import { itemOf, type Told } from './change-trail.ts';
import type { Database, Db } from './client.ts';
import { uniqueViolation } from './errors.ts';
import type { AuditItem } from './schema/audit.ts';
import { deskVersion } from './schema/desk.ts';
import { inTransaction } from './transaction.ts';

/** A change of the desk's configuration under way, and the version that the desk has after it. */
export interface DeskChange {
  readonly tx: Db;
  readonly version: number;
  /** Adds to what the trail says of the change, unless the thing is as it was. */
  readonly tell: (told: Told) => void;
}

/** Thrown when the desk's present state forbids a change, such as a name that is taken. */
export class DeskConflict extends Error {
  /** The field that it is about, or null where it is about the whole. */
  readonly field: string | null;

  constructor(field: string | null, message: string) {
    super(message);
    this.name = 'DeskConflict';
    this.field = field;
  }
}

/** Thrown when a field names something that does not exist. */
export class UnknownReference extends Error {
  /** Such as `teams.0`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'UnknownReference';
    this.path = path;
  }
}

/**
 * Runs a change of the configuration in one transaction. It begins with the desk's version, whose row is a lock: changes
 * are made one after another, so that what a change has looked up stays true until it is done. It ends with the trail:
 * one event for all that the change has told of. Null instead of an author is for what is nobody's doing and changes
 * nothing that is shown, and leaves none.
 * @throws DeskConflict, UnknownReference, or what the driver throws.
 */
export async function changeDesk<T>(
  database: Database,
  by: Author | null,
  change: (change: DeskChange) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(database, async (tx) => {
      const [row] = await tx
        .insert(deskVersion)
        .values({ id: true, version: 1 })
        .onConflictDoUpdate({ target: deskVersion.id, set: { version: sql`${deskVersion.version} + 1` } })
        .returning({ version: deskVersion.version });
      const items: AuditItem[] = [];
      const tell = (told: Told): void => {
        const item = itemOf(told);
        if (item !== undefined) items.push(item);
      };
      const result = await change({ tx, version: row?.version ?? 1, tell });
      if (by !== null && items.length > 0) await recordAudit(tx, by, items);
      return result;
    });
  } catch (error) {
    throw conflictOf(error) ?? error;
  }
}

const takenFields: Readonly<Record<string, readonly [field: string, message: string]>> = {
  users_email: ['email', 'Another user has this email.'],
  teams_name: ['name', 'Another team has this name.'],
  calendars_name: ['name', 'Another calendar has this name.'],
  sla_policies_name: ['name', 'Another SLA policy has this name.'],
  webhooks_name: ['name', 'Another webhook has this name.'],
  routing_keys_name: ['name', 'Another routing key has this name.'],
  schedules_name: ['name', 'Another schedule has this name.'],
  ticket_views_name: ['name', 'Another view has this name.'],
  macros_name: ['name', 'Another macro has this name.'],
  escalation_policies_name: ['name', 'Another escalation policy has this name.'],
};

function conflictOf(error: unknown): DeskConflict | undefined {
  const taken = takenFields[uniqueViolation(error) ?? ''];
  return taken && new DeskConflict(...taken);
}
