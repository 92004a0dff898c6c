import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Ownership } from '../domain/ownership.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, references, requireAll } from './references.ts';
import { slaPolicies, teamMembers, teams } from './schema/desk.ts';
import { escalationPolicies, schedules } from './schema/on-call.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
  /** A user's id. */
  readonly manager: string | null;
  readonly ownership: Ownership | null;
  /** User ids. */
  readonly members: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type TeamFields = Omit<Team, 'id' | 'createdAt' | 'updatedAt' | 'ownership'> & Partial<Pick<Team, 'ownership'>>;

export function teamOf(row: typeof teams.$inferSelect, members: readonly string[]): Team {
  return { ...row, members };
}

const columns = {
  ...getTableColumns(teams),
  members: sql<string[]>`array(
    select ${teamMembers.user} from ${teamMembers} where ${teamMembers.team} = ${teams.id} order by ${teamMembers.user}
  )`,
};

export async function listTeams({ db }: Database, page: PageRequest): Promise<RowPage<Team>> {
  return pageByName('teams', teams, page, ({ after, orderBy, limit }) =>
    db
      .select(columns)
      .from(teams)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findTeam(db: Db, id: string): Promise<Team | undefined> {
  const [row] = await db.select(columns).from(teams).where(eq(teams.id, id));
  return row;
}

export async function insertTeam({ tx }: DeskChange, fields: TeamFields): Promise<Team> {
  const { members, ...row } = fields;
  const id = newId('team');
  await checkReferences(tx, fields);
  await tx.insert(teams).values({ ...row, id });
  await addMembers(tx, id, members);
  return stored(tx, id);
}

/** Undefined where there is no such team. */
export async function updateTeam(
  { tx }: DeskChange,
  id: string,
  fields: Partial<TeamFields>,
): Promise<Team | undefined> {
  const { members, ...row } = fields;
  await checkReferences(tx, fields);
  const found = await tx
    .update(teams)
    .set({ ...row, updatedAt: new Date() })
    .where(eq(teams.id, id))
    .returning({ id: teams.id });
  if (found.length === 0) return undefined;
  if (members !== undefined) {
    await tx.delete(teamMembers).where(eq(teamMembers.team, id));
    await addMembers(tx, id, members);
  }
  return stored(tx, id);
}

/** False where there is no such team. */
export async function deleteTeam({ tx }: DeskChange, id: string): Promise<boolean> {
  const [policy] = await tx
    .select({ name: slaPolicies.name })
    .from(slaPolicies)
    .where(sql`${slaPolicies.conditions} -> 'team' ? ${id}`)
    .limit(1);
  if (policy !== undefined) throw new DeskConflict(null, `The SLA policy "${policy.name}" has this team as condition.`);
  const [escalation] = await tx
    .select({ name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(sql`${escalationPolicies.conditions} -> 'team' ? ${id}`)
    .limit(1);
  if (escalation !== undefined) {
    throw new DeskConflict(null, `The escalation policy "${escalation.name}" has this team as condition.`);
  }
  const [schedule] = await tx
    .select({ name: schedules.name })
    .from(schedules)
    .where(sql`${schedules.layers}::text like ${`%"${id}"%`}`)
    .limit(1);
  if (schedule !== undefined) {
    throw new DeskConflict(null, `The schedule "${schedule.name}" has people of this team only.`);
  }
  const gone = await tx.delete(teams).where(eq(teams.id, id)).returning({ id: teams.id });
  return gone.length > 0;
}

async function checkReferences(tx: Db, { manager, members, ownership }: Partial<TeamFields>): Promise<void> {
  await requireAll(tx, 'schedule', reference('ownership.schedule', ownership?.schedule));
  await requireAll(tx, 'user', [...reference('manager', manager), ...references('members', members)]);
}

async function addMembers(tx: Db, team: string, members: readonly string[]): Promise<void> {
  if (members.length > 0) await tx.insert(teamMembers).values(members.map((user) => ({ team, user })));
}

async function stored(tx: Db, id: string): Promise<Team> {
  const team = await findTeam(tx, id);
  if (team === undefined) throw new Error(`Team ${id} was written and cannot be read.`);
  return team;
}
