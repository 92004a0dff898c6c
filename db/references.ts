import { inArray } from 'drizzle-orm';
import { type Transaction, UnknownReference } from './desk-change.ts';
import { calendars, teams, users } from './schema/desk.ts';

const tables = { user: users, team: teams, calendar: calendars };

/** An id in a request, and the field that it stands in. */
export interface Reference {
  readonly path: string;
  readonly id: string | null | undefined;
}

export function references(path: string, ids: readonly string[] = []): Reference[] {
  return ids.map((id, i) => ({ path: `${path}.${i}`, id }));
}

/** @throws UnknownReference for the first id that is given and names nothing. */
export async function requireAll(
  tx: Transaction,
  kind: keyof typeof tables,
  wanted: readonly Reference[],
): Promise<void> {
  const ids = wanted.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return;
  const { id: column } = tables[kind];
  const found = await tx.select({ id: column }).from(tables[kind]).where(inArray(column, ids));
  const known = new Set<string | null | undefined>(found.map((row) => row.id));
  const missing = wanted.find(({ id }) => id != null && !known.has(id));
  if (missing !== undefined) throw new UnknownReference(missing.path, `There is no ${kind} ${missing.id}.`);
}
