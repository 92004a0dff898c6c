import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { keyOf, newTicket } from './tickets-by-rest.ts';

const never = 24 * 60 * 60 * 1000;
let one: DeskApp;
let other: DeskApp;
beforeAll(async () => {
  one = await startDeskApp();
  other = await startDeskApp({}, { databaseUrl: () => one.databaseUrl, pollMs: never });
});
afterAll(async () => {
  await other.close();
  await one.close();
});

const made = async (path: string, body: object): Promise<string> =>
  (await one.call('POST', path, body)).json<{ id: string }>().id;

test('what one API has added can be named to another at once', async () => {
  const key = await keyOf(one, 'agent');
  const assignee = await made('/v1/users', { name: 'Ann', email: 'ann@example.com', role: 'agent' });
  const taken = await other.call('POST', '/v1/tickets', { ...newTicket, assignee }, key);
  expect(taken.statusCode, taken.body).toBe(201);

  const team = await made('/v1/teams', { name: 'First line' });
  const targets = { normal: { firstReply: 'PT1H' } };
  const slaPolicy = await made('/v1/sla-policies', { name: 'An hour', targets });
  const second = await other.call('POST', '/v1/tickets', { ...newTicket, team, slaPolicy }, key);
  expect(second.statusCode, second.body).toBe(201);
});

test('what nobody has added is refused all the same', async () => {
  const stranger = { authorization: 'Bearer vigil_nobody' };
  expect((await other.call('GET', '/v1/tickets', undefined, stranger)).statusCode).toBe(401);
  const unknown = await other.call('POST', '/v1/tickets', { ...newTicket, team: 'team_none' });
  expect(unknown.json()).toMatchObject({ status: 422, errors: [{ path: 'team' }] });
});
