import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import type { Visitor } from '../support/visitor.ts';
import { newTicket } from '../domain/ticket-fixtures.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

interface Macro {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
}

let desk: DeskApp;
let manager: Visitor;
beforeAll(async () => {
  desk = await startDeskApp();
  ({ browser: manager } = await signedIn(desk, 'manager'));
});
afterAll(() => desk.close());

let made = 0;

async function add(browser: Visitor, body: object): Promise<Macro> {
  const answer = await browser.call('POST', '/v1/macros', { name: `Macro ${++made}`, body: 'Hello', ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Macro>();
}

async function names(browser: Visitor): Promise<string[]> {
  const answer = await browser.call('GET', '/v1/macros');
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ data: Macro[] }>().data.map(({ name }) => name);
}

test('a macro is kept, changed in part, and deleted', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const actions = { status: 'solved', priority: 'high', level: 2, assignee: 'me', team: null };
  const macro = await add(browser, { name: 'Thanks', body: 'Thanks, {{ticket.requester.name}}', actions });
  expect(macro).toMatchObject({ name: 'Thanks', shared: false, actions });
  const changed = await browser.call('PATCH', `/v1/macros/${macro.id}`, { actions: { assignee: person.id } });
  expect(changed.json()).toMatchObject({ name: 'Thanks', actions: { assignee: person.id } });
  expect((await browser.call('GET', `/v1/macros/${macro.id}`)).json()).toEqual(changed.json());
  expect((await browser.call('DELETE', `/v1/macros/${macro.id}`)).statusCode).toBe(204);
  expect((await browser.call('GET', `/v1/macros/${macro.id}`)).statusCode).toBe(404);
});

test('its text is filled in for a ticket and for who asks', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const row = { ...rowOf(newTicket()), id: 'K7Q29MZP4WTX', subject: 'Fire', channel: 'chat' };
  const requester = { name: 'Ada {{agent.email}} $&', email: 'ada@example.com' };
  const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
  const changes = { ticket: { ...row, requester } };
  await recordBatches(desk.database.pool, [
    { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes }] },
  ]);
  const body =
    'Dear {{ticket.requester.name}} <{{ticket.requester.email}}>, {{ ticket.id }} ({{ticket.subject}}, {{ticket.channel}}) {{agent.email}}';
  const macro = await add(browser, { body, actions: { assignee: 'me', status: 'open' } });
  const filled = await browser.call('GET', `/v1/macros/${macro.id}/preview?ticket=k7q2-9mzp-4wtx`);
  expect(filled.json()).toEqual({
    body: `Dear Ada {{agent.email}} $& <ada@example.com>, K7Q2-9MZP-4WTX (Fire, chat) ${person.email}`,
    actions: { assignee: person.id, status: 'open' },
  });
  expect((await browser.call('GET', `/v1/macros/${macro.id}/preview?ticket=0000-0000-0000`)).statusCode).toBe(404);
  expect((await manager.call('GET', `/v1/macros/${macro.id}/preview?ticket=${row.id}`)).statusCode).toBe(404);
});

test.each([
  [{ body: 'Dear {{customer}}' }, 422, 'body'],
  [{ body: '', actions: {} }, 422, 'body'],
  [{ actions: { assignee: 'usr_nobody' } }, 422, 'actions.assignee'],
  [{ actions: { team: 'team_none' } }, 422, 'actions.team'],
  [{ actions: { status: 'closed' } }, 400, 'actions.status'],
  // No command of a ticket changes its tags.
  [{ actions: { tags: ['vip'] } }, 400, 'actions.tags'],
])('what cannot be done is refused: %j', async (body, status, path) => {
  const answer = await manager.call('POST', '/v1/macros', { name: 'Wrong', body: 'x', ...body });
  expect(answer.json()).toMatchObject({ status, errors: [{ path }] });
});

test('a change is looked at as closely', async () => {
  const { id } = await add(manager, {});
  const answer = await manager.call('PATCH', `/v1/macros/${id}`, { body: '{{nothing}}' });
  expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'body' }] });
});

test('personal ones are anybody’s who works, shared ones those of who may configure', async () => {
  const { browser: agent } = await signedIn(desk, 'agent');
  const { browser: trainee } = await signedIn(desk, 'trainee');
  const mine = await add(agent, { name: 'Only mine' });
  const everybodys = await add(manager, { name: 'For all', shared: true });
  expect(await names(agent)).toEqual(expect.arrayContaining(['For all', 'Only mine']));
  expect(await names(trainee)).toEqual(['For all']);
  expect(await names(manager)).not.toContain('Only mine');
  for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
    expect((await manager.call(method, `/v1/macros/${mine.id}`, body)).statusCode).toBe(404);
  }
  expect((await trainee.call('POST', '/v1/macros', { name: 'x', body: 'x' })).statusCode).toBe(403);
  expect((await agent.call('POST', '/v1/macros', { name: 'x', body: 'x', shared: true })).statusCode).toBe(403);
  expect((await agent.call('PATCH', `/v1/macros/${everybodys.id}`, { name: 'x' })).statusCode).toBe(403);
  expect((await agent.call('PATCH', `/v1/macros/${mine.id}`, { shared: true })).statusCode).toBe(403);
  expect((await agent.call('DELETE', `/v1/macros/${everybodys.id}`)).statusCode).toBe(403);
  const again = await manager.call('POST', '/v1/macros', { name: 'FOR all', body: 'x', shared: true });
  expect(again.json()).toMatchObject({ status: 409, errors: [{ path: 'name' }] });
  expect((await desk.call('GET', '/v1/macros', undefined, await keyOf(desk, 'intake'))).statusCode).toBe(403);
});
