import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;

beforeAll(async () => {
  desk = await startDeskApp();
});

afterAll(() => desk.close());

interface Made {
  readonly id: string;
  readonly key?: string;
}

async function make(body: object, headers: Record<string, string> = {}): Promise<Made> {
  const answer = await desk.call('POST', '/v1/api-keys', { name: 'a key', role: 'read-only', ...body }, headers);
  expect(answer.statusCode).toBe(201);
  return answer.json<Made>();
}

async function statusWith(key: string | undefined): Promise<number> {
  return (await desk.call('GET', '/v1/users', undefined, { authorization: `Bearer ${key}` })).statusCode;
}

test('a key is shown once, stored hashed alone, and works until it is deleted', async () => {
  const made = await make({}, { 'idempotency-key': 'one-key' });
  expect(await statusWith(made.key)).toBe(200);
  const again = await make({}, { 'idempotency-key': 'one-key' });
  expect(again).toEqual({ ...made, key: undefined });
  expect((await desk.call('GET', `/v1/api-keys/${made.id}`)).body).not.toContain(made.key);
  for (const table of ['api_keys', 'idempotency_keys']) {
    const { rows } = await desk.database.db.execute(sql`select * from ${sql.identifier(table)}`);
    expect(JSON.stringify(rows)).toContain(made.id);
    expect(JSON.stringify(rows)).not.toContain(made.key);
  }
  expect((await desk.call('DELETE', `/v1/api-keys/${made.id}`)).statusCode).toBe(204);
  expect(await statusWith(made.key)).toBe(401);
  expect((await desk.call('GET', `/v1/api-keys/${made.id}`)).json()).toMatchObject({ revokedAt: expect.any(String) });
});

test('a key ends in the future, and not later than its person leaves', async () => {
  const past = await desk.call('POST', '/v1/api-keys', { name: 'k', role: 'agent', expiresAt: '2020-01-01T00:00:00Z' });
  expect(past.json()).toMatchObject({ status: 422, errors: [{ path: 'expiresAt' }] });
  const user = (
    await desk.call('POST', '/v1/users', { name: 'Ann', email: 'ann@example.com', role: 'agent' })
  ).json<Made>();
  const made = await make({ user: user.id, role: 'agent' });
  expect(await statusWith(made.key)).toBe(200);
  expect((await desk.call('DELETE', `/v1/users/${user.id}`)).statusCode).toBe(409);
  await desk.call('PATCH', `/v1/users/${user.id}`, { active: false });
  expect(await statusWith(made.key)).toBe(401);
});

test('only admins make keys, and the key of the environment is not theirs to delete', async () => {
  const manager = await make({ role: 'manager' });
  const headers = { authorization: `Bearer ${manager.key}` };
  expect((await desk.call('POST', '/v1/api-keys', { name: 'k', role: 'admin' }, headers)).statusCode).toBe(403);
  const refused = await desk.call('DELETE', '/v1/api-keys/key_environment');
  expect(refused.statusCode).toBe(409);
  expect(refused.json<{ detail: string }>().detail).toContain('VIGIL_ADMIN_KEY');
  expect((await desk.call('PATCH', `/v1/api-keys/${manager.id}`, { role: 'admin' })).statusCode).toBe(405);
});
