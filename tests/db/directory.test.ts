import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashOf, insertApiKey, revokeApiKey } from '../../db/api-keys.ts';
import { insertCalendar, updateCalendar } from '../../db/calendars.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { vigil } from '../../db/audit-events.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { Directory, type DirectoryOptions, DirectoryUnavailableError } from '../../db/directory.ts';
import { deletePolicy, insertPolicy, updatePolicy } from '../../db/sla-policies.ts';
import { insertUser, updateUser } from '../../db/users.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

let fresh: FreshDatabase;
let database: Database;
const open: Directory[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((directory) => directory.close()));
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function directoryOf(options: DirectoryOptions = {}, source = database): Promise<Directory> {
  const directory = await Directory.open(source, { pollMs: 20, ...options });
  open.push(directory);
  return directory;
}

/** Stands for a database that goes away and comes back: its queries fail while it is away. */
function interruptible(): { readonly database: Database; away: boolean } {
  const reached = (): Database => {
    if (state.away) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    return database;
  };
  const state = {
    away: false,
    database: {
      ...database,
      get db() {
        return reached().db;
      },
      get pool() {
        return reached().pool;
      },
    },
  };
  return state;
}

const ticket = { priority: 'normal', channel: 'api', team: null, level: 1, tags: [] } as const;
const hour = 60 * 60 * 1000;

describe('freshness', () => {
  test('an own write is seen after a refresh, somebody else’s by itself', async () => {
    const own = await directoryOf({ pollMs: 60_000 });
    const other = await directoryOf();
    const person = { name: 'Ann', role: 'agent', teams: [], manager: null, timeZone: null, contacts: [] } as const;
    const user = await changeDesk(database, vigil, (change) =>
      insertUser(change, { ...person, email: 'ann@example.com', active: true }),
    );
    expect(own.user(user.id)).toBeUndefined();
    await own.refresh();
    expect(own.user(user.id)?.name).toBe('Ann');
    await vi.waitFor(() => expect(other.user(user.id)?.name).toBe('Ann'));
  });

  test('a refresh asked for while another is under way sees what was committed before it was asked for', async () => {
    const directory = await directoryOf({ pollMs: 60_000 });
    for (let i = 0; i < 20; i++) {
      const early = directory.refresh();
      const name = `Calendar ${i}`;
      const definition = { timeZone: 'UTC', hours: 'always' } as const;
      const { id } = await changeDesk(database, vigil, (change) => insertCalendar(change, { name, definition }));
      await Promise.all([early, directory.refresh()]);
      expect(directory.calendar(id)).toEqual(definition);
    }
  });

  test('what was known stays known while the database is away, and the outage is told once', async () => {
    const source = interruptible();
    const problems: unknown[] = [];
    const directory = await directoryOf({ onProblem: (problem) => problems.push(problem) }, source.database);
    source.away = true;
    await vi.waitFor(() => expect(problems).toHaveLength(1));
    expect(directory.slaPolicy('sla_default')?.name).toBe('Default');
    await expect(directory.refresh()).rejects.toThrow('refused');
    source.away = false;
    const { stored } = await changeDesk(database, vigil, (change) =>
      insertApiKey(change, { name: 'later', role: 'agent', user: null, expiresAt: null }),
    );
    await vi.waitFor(() => expect(directory.apiKeyByHash(stored.hash)?.id).toBe(stored.id));
    expect(problems).toHaveLength(1);
  });
});

describe('API keys', () => {
  test('a revoked key is refused at once here and soon elsewhere', async () => {
    const { key, stored } = await changeDesk(database, vigil, (change) =>
      insertApiKey(change, { name: 'agent', role: 'agent', user: null, expiresAt: null }),
    );
    const here = await directoryOf({ pollMs: 60_000 });
    const elsewhere = await directoryOf();
    expect(here.apiKeyByHash(hashOf(key))?.id).toBe(stored.id);
    expect(here.apiKeyByHash(hashOf(`${key}x`))).toBeUndefined();
    await changeDesk(database, vigil, (change) => revokeApiKey(change, stored.id));
    await here.refresh();
    expect(here.apiKeyByHash(stored.hash)).toBeUndefined();
    await vi.waitFor(() => expect(elsewhere.apiKeyByHash(stored.hash)).toBeUndefined());
  });

  test('a key ends at its end, and with the person whose it is', async () => {
    let now = Date.now();
    const person = { name: 'Bob', role: 'agent', teams: [], manager: null, timeZone: null, contacts: [] } as const;
    const { user, mine, brief } = await changeDesk(database, vigil, async (change) => {
      const user = await insertUser(change, { ...person, email: 'bob@example.com', active: true });
      const mine = await insertApiKey(change, { name: 'bob', role: 'agent', user: user.id, expiresAt: null });
      const expiresAt = new Date(now + 1000);
      const brief = await insertApiKey(change, { name: 'brief', role: 'agent', user: null, expiresAt });
      return { user, mine, brief };
    });
    const directory = await directoryOf({ now: () => now });
    now += 999;
    expect(directory.apiKeyByHash(brief.stored.hash)?.name).toBe('brief');
    now += 1;
    expect(directory.apiKeyByHash(brief.stored.hash)).toBeUndefined();
    expect(directory.apiKeyByHash(mine.stored.hash)?.user).toBe(user.id);
    await changeDesk(database, vigil, (change) => updateUser(change, user.id, { active: false }));
    await directory.refresh();
    expect(directory.apiKeyByHash(mine.stored.hash)).toBeUndefined();
  });

  test('keys are believed for an hour while the database is away, the one of the environment for ever', async () => {
    let now = Date.now();
    const source = interruptible();
    const { stored } = await changeDesk(database, vigil, (change) =>
      insertApiKey(change, { name: 'desk', role: 'agent', user: null, expiresAt: null }),
    );
    const directory = await directoryOf({ now: () => now }, source.database);
    await directory.ensureAdminKey('environment-key-1');
    source.away = true;
    now += hour - 1000;
    expect(directory.apiKeyByHash(stored.hash)?.id).toBe(stored.id);
    now += 2000;
    expect(() => directory.apiKeyByHash(stored.hash)).toThrow(DirectoryUnavailableError);
    expect(directory.apiKeyByHash(hashOf('environment-key-1'))?.role).toBe('admin');
  });

  test('the admin key of the environment works before the database does, and is stored afterwards', async () => {
    const source = interruptible();
    source.away = true;
    const directory = await directoryOf({}, source.database);
    await directory.ensureAdminKey('environment-key-2');
    const hash = hashOf('environment-key-2');
    expect(directory.apiKeyByHash(hash)?.role).toBe('admin');
    expect(() => directory.apiKeyByHash('unknown')).toThrow(DirectoryUnavailableError);
    expect(() => directory.people()).toThrow(DirectoryUnavailableError);
    source.away = false;
    const other = await directoryOf();
    await vi.waitFor(() => expect(other.apiKeyByHash(hash)?.role).toBe('admin'));
    await (await directoryOf()).ensureAdminKey('environment-key-3');
    await vi.waitFor(() => expect(other.apiKeyByHash(hash)).toBeUndefined());
    expect(other.apiKeyByHash(hashOf('environment-key-3'))?.role).toBe('admin');
  });
});

describe('SLA terms', () => {
  const policy = {
    name: 'Urgent',
    position: 1,
    conditions: { priority: ['urgent'] },
    calendar: null,
    warnAt: [0.5],
    pauseOn: ['pending'],
    targets: { urgent: { firstReply: 'PT5M' } },
    active: true,
  } as const;

  test('are those of the policy named, else of the first that matches, else none', async () => {
    const stored = await changeDesk(database, vigil, (change) => insertPolicy(change, policy));
    const directory = await directoryOf();
    expect(directory.termsFor(ticket, undefined, 0)).toMatchObject({
      policy: 'sla_default',
      targets: { normal: { firstReply: 2 * hour } },
      spans: null,
    });
    expect(directory.termsFor({ ...ticket, priority: 'urgent' }, undefined, 0).policy).toBe(stored.id);
    expect(directory.termsFor(ticket, stored.id, 0).policy).toBe(stored.id);
    await changeDesk(database, vigil, (change) => updatePolicy(change, 'sla_default', { active: false }));
    await directory.refresh();
    expect(directory.termsFor(ticket, undefined, 0)).toMatchObject({ policy: null, targets: { normal: {} } });
    await changeDesk(database, vigil, async (change) => {
      await updatePolicy(change, 'sla_default', { active: true });
      await deletePolicy(change, stored.id);
    });
  });

  test('are compiled once an hour, and anew after an edit of the calendar', async () => {
    const calendar = await changeDesk(database, vigil, (change) =>
      insertCalendar(change, {
        name: 'Mornings',
        definition: { timeZone: 'UTC', hours: { mon: [['09:00', '12:00']] } },
      }),
    );
    const stored = await changeDesk(database, vigil, (change) =>
      insertPolicy(change, { ...policy, calendar: calendar.id }),
    );
    const directory = await directoryOf({ pollMs: 60_000 });
    const monday = Date.UTC(2026, 0, 5);
    const terms = directory.compiledTerms(stored.id, monday);
    expect(terms?.spans?.[0]).toEqual([monday + 9 * hour, monday + 12 * hour]);
    expect(directory.compiledTerms(stored.id, monday + hour - 1)).toBe(terms);
    expect(directory.compiledTerms(stored.id, monday + hour)).not.toBe(terms);
    await changeDesk(database, vigil, (change) =>
      updateCalendar(change, calendar.id, { definition: { timeZone: 'UTC', hours: { mon: [['10:00', '12:00']] } } }),
    );
    await directory.refresh();
    expect(directory.compiledTerms(stored.id, monday)?.spans?.[0]).toEqual([monday + 10 * hour, monday + 12 * hour]);
    expect(directory.compiledTerms('sla_gone', monday)).toBeUndefined();
    expect(directory.pendingRollouts()).toContain(stored.id);
  });
});
