import { asc, eq, gt, lt, max, sql } from 'drizzle-orm';
import { defaultPolicyPosition, type SlaPolicy } from '../domain/sla-policy.ts';
import type { Database, Db } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { type DeskChange } from './desk-change.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, references, requireAll } from './references.ts';
import { slaPolicies } from './schema/desk.ts';

export interface StoredPolicy extends SlaPolicy {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type PolicyFields = Omit<SlaPolicy, 'id'>;

export function policyOf(row: typeof slaPolicies.$inferSelect): StoredPolicy {
  const { termsVersion: _terms, rolledOutVersion: _rolledOut, ...policy } = row;
  return policy;
}

const listName = 'sla-policies';

/** In the order in which policies are tried. */
export async function listPolicies({ db }: Database, { cursor, limit }: PageRequest): Promise<RowPage<StoredPolicy>> {
  const { position } = slaPolicies;
  // As the domain compares names: by code points.
  const name = sql`${slaPolicies.name} collate "C"`;
  const place = cursor === undefined ? undefined : decodeCursor(listName, ['integer', 'text'], cursor);
  const rows = await db
    .select()
    .from(slaPolicies)
    .where(place && sql`(${position}, ${name}) > (${place[0]}::bigint, ${place[1]})`)
    .orderBy(asc(position), name)
    .limit(limit + 1);
  return pageOf(rows.map(policyOf), limit, (row) => encodeCursor(listName, [row.position, row.name]));
}

export async function findPolicy(db: Db, id: string): Promise<StoredPolicy | undefined> {
  const [row] = await db.select().from(slaPolicies).where(eq(slaPolicies.id, id));
  return row && policyOf(row);
}

/** Where a new policy goes that does not say: behind all that stand before the desk's first one, and before that. */
export async function nextPosition({ tx }: DeskChange): Promise<number> {
  const { position } = slaPolicies;
  const [row] = await tx
    .select({ last: max(position) })
    .from(slaPolicies)
    .where(lt(position, defaultPolicyPosition));
  return Math.min((row?.last ?? 0) + 1, defaultPolicyPosition - 1);
}

export async function insertPolicy({ tx }: DeskChange, fields: PolicyFields): Promise<StoredPolicy> {
  await checkReferences(tx, fields);
  const [row] = await tx
    .insert(slaPolicies)
    .values({ ...fields, id: newId('sla') })
    .returning();
  if (row === undefined) throw new Error('An SLA policy was written and cannot be read.');
  return policyOf(row);
}

/** Undefined where there is no such policy. What changes its terms is rolled out to its open tickets. */
export async function updatePolicy(
  { tx, version }: DeskChange,
  id: string,
  fields: Partial<PolicyFields>,
): Promise<StoredPolicy | undefined> {
  await checkReferences(tx, fields);
  const { calendar, targets, warnAt, pauseOn } = fields;
  const changesTerms = [calendar, targets, warnAt, pauseOn].some((field) => field !== undefined);
  const [row] = await tx
    .update(slaPolicies)
    .set({ ...fields, ...(changesTerms && { termsVersion: version }), updatedAt: new Date() })
    .where(eq(slaPolicies.id, id))
    .returning();
  return row && policyOf(row);
}

/** False where there is no such policy. Open tickets keep the terms that they have. */
export async function deletePolicy({ tx }: DeskChange, id: string): Promise<boolean> {
  const gone = await tx.delete(slaPolicies).where(eq(slaPolicies.id, id)).returning({ id: slaPolicies.id });
  return gone.length > 0;
}

export interface PendingRollout {
  readonly policy: string;
  readonly version: number;
}

export const isPending = gt(slaPolicies.termsVersion, slaPolicies.rolledOutVersion);

/** Policies whose open tickets have not been told of their present terms. */
export async function pendingRollouts({ db }: Database): Promise<PendingRollout[]> {
  return db.select({ policy: slaPolicies.id, version: slaPolicies.termsVersion }).from(slaPolicies).where(isPending);
}

/** Notes that a roll-out has begun; a later edit keeps its own roll-out pending. */
export async function markRolledOut(change: DeskChange, { policy, version }: PendingRollout): Promise<void> {
  await change.tx.update(slaPolicies).set({ rolledOutVersion: version }).where(eq(slaPolicies.id, policy));
}

async function checkReferences(tx: Db, { calendar, conditions }: Partial<PolicyFields>): Promise<void> {
  await requireAll(tx, 'calendar', reference('calendar', calendar));
  await requireAll(tx, 'team', references('conditions.team', conditions?.team));
}
