import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertApiKey, revokeApiKey } from '../../db/api-keys.ts';
import { deleteCalendar, findCalendar, insertCalendar, updateCalendar } from '../../db/calendars.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { vigil } from '../../db/audit-events.ts';
import { changeDesk, DeskConflict, type DeskChange, UnknownReference } from '../../db/desk-change.ts';
import {
  insertPolicy,
  listPolicies,
  markRolledOut,
  nextPosition,
  pendingRollouts,
  type PolicyFields,
  updatePolicy,
} from '../../db/sla-policies.ts';
import { deleteTeam, findTeam, insertTeam, updateTeam } from '../../db/teams.ts';
import { deleteUser, findUser, insertUser, listUsers, updateUser, type NewUserFields } from '../../db/users.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

function change<T>(work: (change: DeskChange) => Promise<T>): Promise<T> {
  return changeDesk(database, vigil, work);
}

function userFields(name: string, more: Partial<NewUserFields> = {}): NewUserFields {
  const email = `${name.toLowerCase()}@example.com`;
  return { name, email, role: 'agent', teams: [], manager: null, timeZone: null, contacts: [], active: true, ...more };
}

function policyFields(name: string, more: Partial<PolicyFields> = {}): PolicyFields {
  const terms = { warnAt: [0.5], pauseOn: ['pending'] as const, targets: { high: { firstReply: 'PT1H' } } };
  return { name, position: 1, conditions: {}, calendar: null, ...terms, active: true, ...more };
}

const alwaysOpen = { timeZone: 'UTC', hours: 'always' as const };

describe('users and teams', () => {
  test('a membership is seen from both sides', async () => {
    const team = await change((c) => insertTeam(c, { name: 'First line', manager: null, members: [] }));
    const user = await change((c) => insertUser(c, userFields('Ann', { teams: [team.id] })));
    expect((await findTeam(database.db, team.id))?.members).toEqual([user.id]);
    await change((c) => updateTeam(c, team.id, { members: [] }));
    expect((await findUser(database.db, user.id))?.teams).toEqual([]);
  });

  test('an email belongs to one user, in whatever case', async () => {
    await change((c) => insertUser(c, userFields('Bea')));
    const again = change((c) => insertUser(c, userFields('Bee', { email: 'BEA@Example.com' })));
    await expect(again).rejects.toThrow(new DeskConflict('email', 'Another user has this email.'));
    await expect(again).rejects.toMatchObject({ field: 'email' });
  });

  test('what does not exist is named by its field', async () => {
    const lost = change((c) => insertUser(c, userFields('Cas', { teams: ['team_gone'] })));
    await expect(lost).rejects.toBeInstanceOf(UnknownReference);
    await expect(lost).rejects.toMatchObject({ path: 'teams.0' });
    const led = change((c) => insertTeam(c, { name: 'Led by nobody', manager: 'usr_gone', members: [] }));
    await expect(led).rejects.toMatchObject({ path: 'manager' });
    expect(await change((c) => updateUser(c, 'usr_gone', { name: 'Gone' }))).toBeUndefined();
  });

  test('nobody is their own manager, and a manager cannot be deleted', async () => {
    const boss = await change((c) => insertUser(c, userFields('Dora')));
    const agent = await change((c) => insertUser(c, userFields('Emil', { manager: boss.id })));
    await expect(change((c) => updateUser(c, boss.id, { manager: boss.id }))).rejects.toMatchObject({
      path: 'manager',
    });
    await expect(change((c) => deleteUser(c, boss.id))).rejects.toThrow('is the manager of other users');
    await change((c) => updateUser(c, agent.id, { manager: null }));
    expect(await change((c) => deleteUser(c, boss.id))).toBe(true);
    expect(await change((c) => deleteUser(c, boss.id))).toBe(false);
  });

  test('pages follow each other by name without holes, whatever the case', async () => {
    for (const name of ['zoe', 'Zack', 'zed', 'ZARA']) await change((c) => insertUser(c, userFields(name)));
    const all = await listUsers(database, { limit: 100 });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listUsers(database, { limit: 2, cursor });
      seen.push(...page.rows.map((user) => user.name));
      cursor = page.next;
    }
    expect(seen).toEqual(all.rows.map((user) => user.name));
    expect(seen.slice(-4)).toEqual(['Zack', 'ZARA', 'zed', 'zoe']);
  });

  test('a team that a policy asks for cannot be deleted', async () => {
    const team = await change((c) => insertTeam(c, { name: 'Premium', manager: null, members: [] }));
    await change((c) => insertPolicy(c, policyFields('For Premium', { conditions: { team: [team.id] } })));
    await expect(change((c) => deleteTeam(c, team.id))).rejects.toThrow('The SLA policy "For Premium"');
  });
});

describe('calendars and SLA policies', () => {
  test('a calendar in use stays, and a removed one frees its name', async () => {
    const calendar = await change((c) => insertCalendar(c, { name: 'Office', definition: alwaysOpen }));
    const policy = await change((c) => insertPolicy(c, policyFields('By office', { calendar: calendar.id })));
    await expect(change((c) => deleteCalendar(c, calendar.id))).rejects.toThrow('"By office" uses this calendar');
    await change((c) => updatePolicy(c, policy.id, { calendar: null }));
    expect(await change((c) => deleteCalendar(c, calendar.id))).toBe(true);
    expect(await findCalendar(database.db, calendar.id)).toBeUndefined();
    await change((c) => insertCalendar(c, { name: 'office', definition: alwaysOpen }));
    await expect(change((c) => updatePolicy(c, policy.id, { calendar: calendar.id }))).rejects.toMatchObject({
      path: 'calendar',
    });
  });

  test('only what changes a promise asks for a roll-out, and a later edit asks again', async () => {
    const calendar = await change((c) => insertCalendar(c, { name: 'Shop', definition: alwaysOpen }));
    const policy = await change((c) => insertPolicy(c, policyFields('By shop', { calendar: calendar.id })));
    const pending = async () => (await pendingRollouts(database)).filter((p) => p.policy === policy.id);
    await change((c) => updatePolicy(c, policy.id, { name: 'By the shop', position: 7 }));
    await change((c) => updateCalendar(c, calendar.id, { name: 'The shop' }));
    expect(await pending()).toEqual([]);

    await change((c) => updatePolicy(c, policy.id, { targets: { high: { firstReply: 'PT2H' } } }));
    const [first] = await pending();
    if (first === undefined) throw new Error('No roll-out is pending.');
    await change((c) => updateCalendar(c, calendar.id, { definition: { ...alwaysOpen, timeZone: 'Asia/Tokyo' } }));
    await change((c) => markRolledOut(c, first));
    const [second] = await pending();
    expect(second?.version).toBeGreaterThan(first.version);
    if (second !== undefined) await change((c) => markRolledOut(c, second));
    expect(await pending()).toEqual([]);
  });

  test('a new policy goes before the one that the desk begins with', async () => {
    const position = await change(nextPosition);
    expect(position).toBeLessThan(1000);
    await change((c) => insertPolicy(c, policyFields('Newest', { position })));
    const { rows } = await listPolicies(database, { limit: 100 });
    expect(rows.slice(-2).map((p) => p.name)).toEqual(['Newest', 'Default']);
    const first = await listPolicies(database, { limit: rows.length - 1 });
    const rest = await listPolicies(database, { limit: 10, cursor: first.next ?? undefined });
    expect([...first.rows, ...rest.rows]).toEqual(rows);
    expect(rest.next).toBeNull();
  });
});

test('the last admin key cannot be revoked, one that has a successor can', async () => {
  const admin = { name: 'admin', role: 'admin', user: null, expiresAt: null } as const;
  const { stored: first } = await change((c) => insertApiKey(c, admin));
  await change((c) => insertApiKey(c, { ...admin, name: 'expired', expiresAt: new Date(Date.now() - 1000) }));
  await expect(change((c) => revokeApiKey(c, first.id))).rejects.toThrow('the last admin key');
  await change((c) => insertApiKey(c, admin));
  expect(await change((c) => revokeApiKey(c, first.id))).toBe(true);
  expect(await change((c) => revokeApiKey(c, 'key_gone'))).toBe(false);
});
