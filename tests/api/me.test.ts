import { afterAll, beforeAll, expect, test } from 'vitest';
import { userRoles } from '../../domain/user.ts';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { newPerson, signedIn } from './signed-in.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

const settings = {
  timeZone: 'Europe/Berlin',
  contacts: [{ type: 'sms', address: '+4915112345678' }],
  notificationRules: [{ contact: 'sms', delay: 'PT5M', urgentOnly: true }],
  quietHours: { from: '22:00', to: '07:00' },
};

test.each(userRoles)('a person who is %s says how they are reached, and nothing else of themselves', async (role) => {
  const { person, browser } = await signedIn(desk, role);
  const changed = await browser.call('PATCH', '/v1/me', settings);
  expect(changed.json()).toMatchObject({ id: person.id, role, ...settings });
  expect((await browser.call('GET', '/v1/me')).json()).toMatchObject(settings);
  expect(desk.directory.user(person.id)).toMatchObject(settings);
  for (const field of [
    { role: 'admin' },
    { email: 'x@example.com' },
    { teams: [] },
    { active: false },
    { skills: [] },
  ]) {
    expect((await browser.call('PATCH', '/v1/me', field)).json()).toMatchObject({ status: 400 });
  }
});

test('an API key is nobody who could have settings', async () => {
  expect((await desk.call('GET', '/v1/me')).statusCode).toBe(403);
  expect((await desk.call('PATCH', '/v1/me', settings)).statusCode).toBe(403);
  expect((await desk.call('POST', '/v1/me/test-notifications')).statusCode).toBe(403);
});

test('what makes no sense is named where it stands', async () => {
  const { browser } = await signedIn(desk, 'agent');
  const wrong = { timeZone: 'Mars/Olympus', contacts: [{ type: 'sms', address: '0151' }] };
  const answer = await browser.call('PATCH', '/v1/me', wrong);
  expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'timeZone' }, { path: 'contacts.0.address' }] });
});

test('a webhook, which Vigil calls from inside, is for who may configure to add, and stays where it is', async () => {
  const address = 'http://127.0.0.1:9/ann';
  const webhook = { type: 'webhook', address };
  const { person, browser } = await signedIn(desk, 'agent');
  const [other] = settings.contacts;
  const add = (contacts: object[]) => browser.call('PATCH', '/v1/me', { contacts });
  expect((await add([other as object, webhook])).json()).toMatchObject({
    status: 422,
    errors: [{ path: 'contacts.1.address' }],
  });
  await desk.call('PATCH', `/v1/users/${person.id}`, { contacts: [webhook] });
  expect((await add([other as object, webhook])).statusCode).toBe(200);
  expect((await add([{ ...webhook, address: `${address}/2` }])).statusCode).toBe(422);
  const manager = await signedIn(desk, 'manager');
  expect((await manager.browser.call('PATCH', '/v1/me', { contacts: [webhook] })).statusCode).toBe(200);
});

test('admins are made, changed and put out by admins alone', async () => {
  const manager = await signedIn(desk, 'manager');
  const admin = await signedIn(desk, 'admin');
  const other = await newPerson(desk, 'admin');
  const call = (who: { browser: Visitor }, ...request: Parameters<Visitor['call']>) => who.browser.call(...request);
  const refused: [string, object][] = [
    [manager.person.id, { role: 'admin' }],
    [other.id, { role: 'agent' }],
    [other.id, { email: 'mine@example.com' }],
    [other.id, { active: false }],
    [other.id, { leftAt: '2026-01-01T00:00:00Z' }],
  ];
  for (const [id, body] of refused) {
    expect((await call(manager, 'PATCH', `/v1/users/${id}`, body)).statusCode, JSON.stringify(body)).toBe(403);
  }
  const eve = { name: 'Eve', email: 'eve@example.com', role: 'admin' };
  expect((await call(manager, 'POST', '/v1/users', eve)).statusCode).toBe(403);
  expect((await call(manager, 'DELETE', `/v1/users/${other.id}`)).statusCode).toBe(403);
  // What makes nobody an admin is the manager's as ever, also said together with what stays as it is.
  expect((await call(manager, 'PATCH', `/v1/users/${other.id}`, { skills: ['dns'], role: 'admin' })).statusCode).toBe(
    200,
  );
  expect((await call(admin, 'PATCH', `/v1/users/${manager.person.id}`, { role: 'admin' })).statusCode).toBe(200);
  expect((await call(admin, 'DELETE', `/v1/users/${other.id}`)).statusCode).toBe(204);
});

test('the last admin stays', async () => {
  const alone = await startDeskApp();
  try {
    const { id } = await newPerson(alone, 'admin');
    const patch = (body: object) => alone.call('PATCH', `/v1/users/${id}`, body);
    for (const body of [{ role: 'manager' }, { active: false }, { leftAt: '2026-01-01T00:00:00Z' }]) {
      expect((await patch(body)).statusCode, JSON.stringify(body)).toBe(409);
    }
    expect((await alone.call('DELETE', `/v1/users/${id}`)).statusCode).toBe(409);
    expect((await patch({ name: 'Boss' })).statusCode).toBe(200);
    const second = await newPerson(alone, 'admin');
    expect((await patch({ role: 'manager' })).statusCode).toBe(200);
    expect((await alone.call('DELETE', `/v1/users/${second.id}`)).statusCode).toBe(409);
  } finally {
    await alone.close();
  }
});

test('who may configure sees how people stand with signing in', async () => {
  const { person, browser } = await signedIn(desk, 'manager');
  const invited = await newPerson(desk, 'agent');
  await desk.call('POST', `/v1/users/${invited.id}/invitations`);
  const { data } = (await browser.call('GET', '/v1/sign-ins')).json<{ data: { user: string }[] }>();
  const of = (id: string) => data.find(({ user }) => user === id);
  expect(of(person.id)).toEqual({
    user: person.id,
    canSignIn: true,
    invitedUntil: null,
    secondFactor: false,
    lastUsedAt: expect.any(String),
  });
  expect(of(invited.id)).toMatchObject({ canSignIn: false, invitedUntil: expect.any(String), lastUsedAt: null });
  const agent = await signedIn(desk, 'agent');
  expect((await agent.browser.call('GET', '/v1/sign-ins')).statusCode).toBe(403);
});
