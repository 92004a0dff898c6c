import type { Db } from './client.ts';
import { and, inArray, isNull } from 'drizzle-orm';
import { UnknownReference } from './desk-change.ts';
import { calendars, teams, users } from './schema/desk.ts';
import { escalationPolicies, schedules } from './schema/on-call.ts';

const kinds = {
  user: { table: users, there: undefined },
  team: { table: teams, there: undefined },
  calendar: { table: calendars, there: isNull(calendars.removedAt) },
  schedule: { table: schedules, there: undefined },
  'escalation policy': { table: escalationPolicies, there: undefined },
};

/** An id in a request, and the field that it stands in. */
export interface Reference {
  readonly path: string;
  readonly id: string;
}

export function reference(path: string, id: string | null | undefined): Reference[] {
  return typeof id === 'string' ? [{ path, id }] : [];
}

export function references(path: string, ids: readonly string[] = []): Reference[] {
  return ids.map((id, i) => ({ path: `${path}.${i}`, id }));
}

/** @throws UnknownReference for the first id that names nothing. */
export async function requireAll(tx: Db, kind: keyof typeof kinds, wanted: readonly Reference[]): Promise<void> {
  if (wanted.length === 0) return;
  const { table, there } = kinds[kind];
  const ids = wanted.map((reference) => reference.id);
  const found = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(inArray(table.id, ids), there));
  const known = new Set(found.map((row) => row.id));
  const missing = wanted.find((reference) => !known.has(reference.id));
  if (missing !== undefined) throw new UnknownReference(missing.path, `There is no ${kind} ${missing.id}.`);
}
