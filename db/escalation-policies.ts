import { asc, eq, max, sql } from 'drizzle-orm';
import { circleFrom, type EscalationPolicyFields, type StoredEscalationPolicy } from '../domain/escalation-policy.ts';
import type { EscalationTarget } from '../domain/escalation.ts';
import { FieldProblems } from '../domain/field-problem.ts';
import type { Database, Db } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { type Reference, reference, references, requireAll } from './references.ts';
import { escalationPolicies } from './schema/on-call.ts';

export interface EscalationPolicyRow extends StoredEscalationPolicy {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const listName = 'escalation-policies';

/** In the order in which policies are tried. */
export async function listEscalationPolicies(
  { db }: Database,
  { cursor, limit }: PageRequest,
): Promise<RowPage<EscalationPolicyRow>> {
  const { position } = escalationPolicies;
  // As the domain compares names: by code points.
  const name = sql`${escalationPolicies.name} collate "C"`;
  const place = cursor === undefined ? undefined : decodeCursor(listName, ['integer', 'text'], cursor);
  const rows = await db
    .select()
    .from(escalationPolicies)
    .where(place && sql`(${position}, ${name}) > (${place[0]}::bigint, ${place[1]})`)
    .orderBy(asc(position), name)
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => encodeCursor(listName, [row.position, row.name]));
}

export async function findEscalationPolicy(db: Db, id: string): Promise<EscalationPolicyRow | undefined> {
  const [row] = await db.select().from(escalationPolicies).where(eq(escalationPolicies.id, id));
  return row;
}

/** Behind all others. */
export async function lastPosition({ tx }: DeskChange): Promise<number> {
  const [row] = await tx.select({ last: max(escalationPolicies.position) }).from(escalationPolicies);
  return (row?.last ?? 0) + 1;
}

export async function insertEscalationPolicy(
  { tx }: DeskChange,
  fields: EscalationPolicyFields,
): Promise<EscalationPolicyRow> {
  await checkReferences(tx, fields);
  const [row] = await tx
    .insert(escalationPolicies)
    .values({ ...fields, id: newId('esc') })
    .returning();
  if (row === undefined) throw new Error('An escalation policy was written and cannot be read.');
  return row;
}

/** Undefined where there is no such policy. Open incidents go on by what they began with. */
export async function updateEscalationPolicy(
  { tx }: DeskChange,
  id: string,
  fields: Partial<EscalationPolicyFields>,
): Promise<EscalationPolicyRow | undefined> {
  await checkReferences(tx, fields);
  const [row] = await tx
    .update(escalationPolicies)
    .set({ ...fields, updatedAt: new Date() })
    .where(eq(escalationPolicies.id, id))
    .returning();
  if (row !== undefined && typeof fields.next === 'string') await refuseCircle(tx, id);
  return row;
}

/** False where there is no such policy. */
export async function deleteEscalationPolicy({ tx }: DeskChange, id: string): Promise<boolean> {
  const [before] = await tx
    .select({ name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(eq(escalationPolicies.next, id))
    .limit(1);
  if (before !== undefined)
    throw new DeskConflict(null, `The escalation policy "${before.name}" goes on with this one.`);
  const gone = await tx
    .delete(escalationPolicies)
    .where(eq(escalationPolicies.id, id))
    .returning({ id: escalationPolicies.id });
  return gone.length > 0;
}

async function refuseCircle(tx: Db, id: string): Promise<void> {
  const rows = await tx
    .select({ id: escalationPolicies.id, name: escalationPolicies.name, next: escalationPolicies.next })
    .from(escalationPolicies);
  const policies = new Map(rows.map((row) => [row.id, row]));
  const circle = circleFrom(id, policies);
  if (circle === undefined) return;
  const names = circle.map((one) => `"${policies.get(one)?.name}"`).join(', then ');
  throw new FieldProblems([{ path: 'next', message: `the policies would go round in a circle: ${names}` }]);
}

async function checkReferences(
  tx: Db,
  { conditions, hours, steps = [], next }: Partial<EscalationPolicyFields>,
): Promise<void> {
  const named = (type: EscalationTarget['type']): Reference[] =>
    steps.flatMap(({ targets }, i) =>
      targets.flatMap((target, j) =>
        target.type === type
          ? reference(`steps.${i}.targets.${j}.${type}`, (target as Record<string, string>)[type])
          : [],
      ),
    );
  await requireAll(tx, 'team', references('conditions.team', conditions?.team));
  await requireAll(tx, 'calendar', reference('hours.calendar', hours?.calendar));
  await requireAll(tx, 'schedule', named('schedule'));
  await requireAll(tx, 'user', named('user'));
  await requireAll(tx, 'escalation policy', reference('next', next));
}
