import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { uniqueViolation } from './errors.ts';
import { deskVersion } from './schema/desk.ts';

export type Transaction = Parameters<Parameters<Database['db']['transaction']>[0]>[0];

/** A change of the desk's configuration under way, and the version that the desk has after it. */
export interface DeskChange {
  readonly tx: Transaction;
  readonly version: number;
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
 * are made one after another, so that what a change has looked up stays true until it is done.
 * @throws DeskConflict, UnknownReference, or what the driver throws.
 */
export async function changeDesk<T>(database: Database, change: (change: DeskChange) => Promise<T>): Promise<T> {
  try {
    return await database.db.transaction(async (tx) => {
      const [row] = await tx
        .insert(deskVersion)
        .values({ id: true, version: 1 })
        .onConflictDoUpdate({ target: deskVersion.id, set: { version: sql`${deskVersion.version} + 1` } })
        .returning({ version: deskVersion.version });
      return change({ tx, version: row?.version ?? 1 });
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
  routing_keys_name: ['name', 'Another routing key has this name.'],
  schedules_name: ['name', 'Another schedule has this name.'],
  escalation_policies_name: ['name', 'Another escalation policy has this name.'],
};

function conflictOf(error: unknown): DeskConflict | undefined {
  const taken = takenFields[uniqueViolation(error) ?? ''];
  return taken && new DeskConflict(...taken);
}
