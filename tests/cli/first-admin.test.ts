import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { firstAdminLink } from '../../cli/up/first-admin.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { vigil } from '../../db/audit-events.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { acceptInvitation, invitedUser } from '../../db/invitations.ts';
import { users } from '../../db/schema/desk.ts';
import { insertUser, updateUser } from '../../db/users.ts';
import type { UserRole } from '../../domain/user.ts';
import { freshDatabase, type FreshDatabase } from '../support/servers.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});
beforeEach(() => database.db.delete(users));
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function newUser(role: UserRole): Promise<string> {
  const rest = { teams: [], manager: null, timeZone: null, contacts: [], active: true };
  return changeDesk(
    database,
    vigil,
    async (change) => (await insertUser(change, { name: role, email: `${role}@example.org`, role, ...rest })).id,
  );
}

async function linkToken(): Promise<string | undefined> {
  const link = await firstAdminLink(fresh.url, { publicUrl: 'https://desk.example', adminEmail: 'boss@example.org' });
  return link === null ? undefined : /^https:\/\/desk\.example\/welcome\/(.+)$/.exec(link)?.[1];
}

describe('the link for the first admin', () => {
  it('makes the first user of a desk that has none, once', async () => {
    const before = await linkToken();
    const token = await linkToken();
    const rows = await database.db.select().from(users);
    expect(rows).toMatchObject([{ name: 'Admin', email: 'boss@example.org', role: 'admin', active: true }]);
    expect(await invitedUser(database, token ?? '')).toBe(rows[0]?.id);
    expect(await invitedUser(database, before ?? '')).toBeUndefined();
  });

  it('is for the first admin there is, until an admin has a password', async () => {
    const agent = await newUser('agent');
    expect(await linkToken()).toBeUndefined();
    expect(await database.db.$count(users)).toBe(1);
    const admin = await newUser('admin');
    const token = (await linkToken()) ?? '';
    expect(await acceptInvitation(database, token, 'a hash')).toBe(admin);
    expect(await linkToken()).toBeUndefined();
    await changeDesk(database, vigil, (change) => updateUser(change, admin, { active: false }));
    expect(await linkToken()).toBeUndefined();
    await changeDesk(database, vigil, (change) => updateUser(change, agent, { role: 'admin' }));
    expect(await invitedUser(database, (await linkToken()) ?? '')).toBe(agent);
  });
});
