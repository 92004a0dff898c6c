import { and, asc, eq } from 'drizzle-orm';
import type { Config } from '../../config/environment.ts';
import { openDatabase, type Database } from '../../db/client.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { invitationUrl, invite } from '../../db/invitations.ts';
import { users } from '../../db/schema/desk.ts';
import { adminHasPassword } from '../../db/sign-in-people.ts';
import { insertUser } from '../../db/users.ts';

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
    return admin === null ? null : invitationUrl(publicUrl, await invite(database.db, admin));
  } finally {
    await database.close();
  }
}

async function firstAdmin({ db }: Database): Promise<string | null> {
  const [admin] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.active, true)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return admin?.id ?? null;
}

/** Null where there are users: who of them is to be an admin is not ours to say. */
async function makeFirstUser(database: Database, email: string): Promise<string | null> {
  if ((await database.db.$count(users)) > 0) return null;
  return changeDesk(database, async (change) => {
    if ((await change.tx.$count(users)) > 0) return null;
    const nobody = { teams: [], manager: null, timeZone: null, contacts: [], active: true };
    return (await insertUser(change, { name: 'Admin', email, role: 'admin', ...nobody })).id;
  });
}
