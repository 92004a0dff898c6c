import { and, asc, eq } from 'drizzle-orm';
import { userJson } from '../../api/schemas/user.ts';
import type { Config } from '../../config/environment.ts';
import { vigil } from '../../db/audit-events.ts';
import { openDatabase, type Database } from '../../db/client.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { invitationUrl, invite } from '../../db/invitations.ts';
import { users } from '../../db/schema/desk.ts';
import { adminHasPassword } from '../../db/sign-in-people.ts';
import { insertUser, type User } from '../../db/users.ts';

/**
 * A link by which the first admin sets a password, as long as no admin has one; else null. A desk without users gets
 * its first one by it.
 */
export async function firstAdminLink(
  databaseUrl: string,
  { publicUrl, adminEmail }: Pick<Config, 'publicUrl' | 'adminEmail'>,
): Promise<string | null> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    if (await adminHasPassword(database.db)) return null;
    const admin = (await firstAdmin(database)) ?? (await makeFirstUser(database, adminEmail));
    return admin === null ? null : invitationUrl(publicUrl, await invite(database, admin, vigil));
  } finally {
    await database.close();
  }
}

type Admin = Pick<User, 'id' | 'name'>;

async function firstAdmin({ db }: Database): Promise<Admin | null> {
  const [admin] = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.active, true)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return admin ?? null;
}

/** Null where there are users: who of them is to be an admin is not ours to say. */
async function makeFirstUser(database: Database, email: string): Promise<Admin | null> {
  if ((await database.db.$count(users)) > 0) return null;
  return changeDesk(database, vigil, async (change) => {
    if ((await change.tx.$count(users)) > 0) return null;
    const nobody = { teams: [], manager: null, timeZone: null, contacts: [], active: true };
    const admin = await insertUser(change, { name: 'Admin', email, role: 'admin', ...nobody });
    change.tell({ resource: 'users', before: null, after: userJson(admin, true) });
    return admin;
  });
}
