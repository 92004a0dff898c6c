import { and, eq, getTableColumns, gt, isNull, ne, or, sql } from 'drizzle-orm';
import type { Contact, NotificationRule, QuietHours, UserRole } from '../domain/user.ts';
import type { Database, Db } from './client.ts';
import { DeskConflict, type DeskChange, UnknownReference } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, references, requireAll } from './references.ts';
import { apiKeys, teamMembers, teams, users } from './schema/desk.ts';
import { escalationPolicies, scheduleOverrides, schedules } from './schema/on-call.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  /** Team ids. */
  readonly teams: readonly string[];
  /** A user's id. */
  readonly manager: string | null;
  readonly timeZone: string | null;
  readonly contacts: readonly Contact[];
  readonly notificationRules: readonly NotificationRule[] | null;
  readonly quietHours: QuietHours | null;
  readonly skills: readonly string[];
  /** When the person came to the company, and left it. */
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type UserFields = Omit<User, 'id' | 'createdAt' | 'updatedAt'>;
type Unsaid = 'notificationRules' | 'quietHours' | 'skills' | 'joinedAt' | 'leftAt';
export type NewUserFields = Omit<UserFields, Unsaid> & Partial<Pick<UserFields, Unsaid>>;

export function userOf(row: typeof users.$inferSelect, teams: readonly string[]): User {
  return { ...row, teams };
}

const columns = {
  ...getTableColumns(users),
  teams: sql<string[]>`array(
    select ${teamMembers.team} from ${teamMembers} where ${teamMembers.user} = ${users.id} order by ${teamMembers.team}
  )`,
};

export async function listUsers({ db }: Database, page: PageRequest): Promise<RowPage<User>> {
  return pageByName('users', users, page, ({ after, orderBy, limit }) =>
    db
      .select(columns)
      .from(users)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findUser(db: Db, id: string): Promise<User | undefined> {
  const [row] = await db.select(columns).from(users).where(eq(users.id, id));
  return row;
}

export async function insertUser(change: DeskChange, fields: NewUserFields): Promise<User> {
  const { teams, ...row } = fields;
  const id = newId('usr');
  await checkReferences(change.tx, id, fields);
  await change.tx.insert(users).values({ ...row, id });
  await joinTeams(change.tx, id, teams);
  return stored(change.tx, id);
}

/** Undefined where there is no such user. */
export async function updateUser(
  { tx }: DeskChange,
  id: string,
  fields: Partial<UserFields>,
): Promise<User | undefined> {
  const { teams, ...row } = fields;
  await checkReferences(tx, id, fields);
  const now = new Date();
  // Whoever is not active any more has left their rotations from this instant, unless the day was known.
  const leaving = row.active === false && row.leftAt === undefined;
  const found = await tx
    .update(users)
    .set({
      ...row,
      ...(leaving && { leftAt: sql`coalesce(${users.leftAt}, ${now.toISOString()}::timestamptz)` }),
      ...(row.active === true && row.leftAt === undefined && { leftAt: null }),
      updatedAt: now,
    })
    .where(eq(users.id, id))
    .returning({ id: users.id });
  if (found.length === 0) return undefined;
  if (teams !== undefined) {
    await tx.delete(teamMembers).where(eq(teamMembers.user, id));
    await joinTeams(tx, id, teams);
  }
  return stored(tx, id);
}

/** How many admins work here besides one. */
export async function countAdmins(tx: Db, besides: string): Promise<number> {
  const isHere = or(isNull(users.leftAt), gt(users.leftAt, sql`now()`));
  return tx.$count(users, and(ne(users.id, besides), eq(users.role, 'admin'), users.active, isHere));
}

/** False where there is no such user. */
export async function deleteUser({ tx }: DeskChange, id: string): Promise<boolean> {
  const uses = [
    [await tx.$count(users, eq(users.manager, id)), 'is the manager of other users'],
    [await tx.$count(teams, eq(teams.manager, id)), 'is the manager of a team'],
    [await tx.$count(schedules, sql`${schedules.layers}::text like ${`%"${id}"%`}`), 'is in a schedule'],
    [
      await tx.$count(
        scheduleOverrides,
        or(eq(scheduleOverrides.user, id), eq(scheduleOverrides.replaces, id), eq(scheduleOverrides.adds, id)),
      ),
      'is in an override of a schedule',
    ],
    [
      await tx.$count(escalationPolicies, sql`${escalationPolicies.steps}::text like ${`%"${id}"%`}`),
      'is a target of an escalation policy',
    ],
    [await tx.$count(apiKeys, and(eq(apiKeys.user, id), isNull(apiKeys.revokedAt))), 'has API keys'],
  ] as const;
  const use = uses.find(([count]) => count > 0);
  if (use !== undefined) {
    throw new DeskConflict(null, `The user ${use[1]}. Change that first, or set the user's "active" to false.`);
  }
  const gone = await tx.delete(users).where(eq(users.id, id)).returning({ id: users.id });
  return gone.length > 0;
}

async function checkReferences(tx: Db, id: string, { manager, teams }: Partial<UserFields>): Promise<void> {
  if (manager === id) throw new UnknownReference('manager', 'Nobody can be their own manager.');
  await requireAll(tx, 'user', reference('manager', manager));
  await requireAll(tx, 'team', references('teams', teams));
}

async function joinTeams(tx: Db, user: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.insert(teamMembers).values(ids.map((team) => ({ team, user })));
}

async function stored(tx: Db, id: string): Promise<User> {
  const user = await findUser(tx, id);
  if (user === undefined) throw new Error(`User ${id} was written and cannot be read.`);
  return user;
}
