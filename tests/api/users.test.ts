import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;

beforeAll(async () => {
  desk = await startDeskApp();
});

afterAll(() => desk.close());

const ann = { name: 'Ann', email: 'ann@example.com', role: 'agent' };

test('a user is added with what was said, changed in part, and deleted', async () => {
  const added = await desk.call('POST', '/v1/users', ann);
  expect(added.statusCode).toBe(201);
  const user = added.json<{ id: string }>();
  expect(user).toMatchObject({ ...ann, teams: [], manager: null, timeZone: null, contacts: [], active: true });
  expect(added.headers['location']).toBe(`/v1/users/${user.id}`);
  expect(desk.directory.user(user.id)?.name).toBe('Ann');

  const contacts = [{ type: 'webhook', address: 'http://127.0.0.1:9/ann' }];
  const changed = await desk.call('PATCH', `/v1/users/${user.id}`, { contacts, timeZone: 'Europe/Berlin' });
  expect(changed.statusCode).toBe(200);
  expect(changed.json()).toMatchObject({ ...ann, contacts, timeZone: 'Europe/Berlin' });
  const asAgent = await desk.call('GET', `/v1/users/${user.id}`, undefined, await keyOf(desk, 'agent'));
  expect(asAgent.json()).toMatchObject({ contacts: [{ type: 'webhook', address: null }] });
  expect((await desk.call('GET', `/v1/users/${user.id}`)).json()).toEqual(changed.json());

  expect((await desk.call('DELETE', `/v1/users/${user.id}`)).statusCode).toBe(204);
  expect((await desk.call('GET', `/v1/users/${user.id}`)).statusCode).toBe(404);
  expect((await desk.call('DELETE', `/v1/users/${user.id}`)).statusCode).toBe(404);
  expect(desk.directory.user(user.id)).toBeUndefined();
});

test('a repeated request adds one user, another under the same key is refused', async () => {
  const key = { 'idempotency-key': 'add-bob' };
  const bob = { ...ann, name: 'Bob', email: 'bob@example.com' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.call('POST', '/v1/users', bob, key)));
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201, 201, 201]);
  expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === 'true')).toHaveLength(4);
  const other = await desk.call('POST', '/v1/users', { ...bob, name: 'Rob' }, key);
  expect(other.statusCode).toBe(422);
});

describe('what is wrong is named', () => {
  const cases: [what: string, body: unknown, status: number, paths: string[]][] = [
    ['an unknown field', { ...ann, colour: 'red' }, 400, ['colour']],
    ['a wrong type', { ...ann, active: 'yes' }, 400, ['active']],
    ['a missing field', { name: 'Ann', role: 'agent' }, 400, ['email']],
    ['no address', { ...ann, email: 'ann' }, 400, ['email']],
    ['an unknown role', { ...ann, role: 'boss' }, 400, ['role']],
    ['a team that is not there', { ...ann, email: 'x@example.com', teams: ['team_gone'] }, 422, ['teams.0']],
    ['a manager who is not there', { ...ann, email: 'x@example.com', manager: 'usr_gone' }, 422, ['manager']],
    [
      'a time zone and an address that do not exist',
      { ...ann, timeZone: 'Mars/Olympus', contacts: [{ type: 'webhook', address: 'ftp://x' }] },
      422,
      ['timeZone', 'contacts.0.address'],
    ],
  ];
  test.each(cases)('%s', async (_what, body, status, paths) => {
    const answer = await desk.call('POST', '/v1/users', body);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const { errors } = answer.json<{ errors: { path: string }[] }>();
    expect(errors.map((error) => error.path)).toEqual(paths);
  });

  test('an email that is taken', async () => {
    await desk.call('POST', '/v1/users', { ...ann, email: 'taken@example.com' });
    const again = await desk.call('POST', '/v1/users', { ...ann, email: 'TAKEN@example.com' });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ errors: [{ path: 'email' }] });
  });

  test('a patch that says nothing, or of nobody', async () => {
    expect((await desk.call('PATCH', '/v1/users/usr_gone', {})).statusCode).toBe(400);
    expect((await desk.call('PATCH', '/v1/users/usr_gone', { name: 'X' })).statusCode).toBe(404);
  });
});

test('a list comes in pages, and a cursor of another list is refused', async () => {
  for (const name of ['Xa', 'Xb', 'Xc']) {
    await desk.call('POST', '/v1/users', { ...ann, name, email: `${name}@example.com` });
  }
  const names: string[] = [];
  let next: string | null = null;
  do {
    const page = await desk.call('GET', `/v1/users?limit=2${next === null ? '' : `&cursor=${next}`}`);
    const body = page.json<{ data: { name: string }[]; next: string | null }>();
    names.push(...body.data.map((user) => user.name));
    ({ next } = body);
  } while (next !== null);
  expect(names.slice(-3)).toEqual(['Xa', 'Xb', 'Xc']);
  expect(new Set(names).size).toBe(names.length);
  const teams = await desk.call('GET', '/v1/users?cursor=bm9uc2Vuc2U');
  expect(teams.statusCode).toBe(400);
});

test('roles: agents and readers see people, managers change them, intake does neither', async () => {
  const keyOf = async (role: string): Promise<Record<string, string>> => {
    const made = await desk.call('POST', '/v1/api-keys', { name: role, role });
    return { authorization: `Bearer ${made.json<{ key: string }>().key}` };
  };
  const [manager, agent, reader, intake] = await Promise.all(
    ['manager', 'agent', 'read-only', 'intake'].map((role) => keyOf(role)),
  );
  const add = (headers = {}) =>
    desk.call('POST', '/v1/users', { ...ann, email: `${Math.random()}@example.com` }, headers);
  expect((await add(manager)).statusCode).toBe(201);
  for (const key of [agent, reader, intake]) expect((await add(key)).statusCode).toBe(403);
  for (const key of [agent, reader]) expect((await desk.call('GET', '/v1/users', undefined, key)).statusCode).toBe(200);
  expect((await desk.call('GET', '/v1/users', undefined, intake)).statusCode).toBe(403);
  expect((await desk.call('GET', '/v1/users', undefined, { authorization: 'Bearer nonsense' })).statusCode).toBe(401);
});
