import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimOwner } from '../../db/ownerships.ts';
import { recordBatches } from '../../db/record.ts';
import { loadOf } from '../../domain/ownership.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { priorities, type Priority, type Status, statuses, system } from '../../domain/ticket.ts';
import { newTicket } from '../domain/ticket-fixtures.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { newPerson } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

interface Agent {
  readonly id: string;
  readonly [field: string]: unknown;
}

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

const template = rowOf(newTicket());
let made = 0;

async function record(
  assignee: string | null,
  status: Status,
  priority: Priority,
  id = `T${String(++made).padStart(3, '0')}`,
): Promise<void> {
  const row = { ...template, id, assignee, status, priority };
  const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
  await recordBatches(desk.database.pool, [
    { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes: { ticket: row } }] },
  ]);
}

async function agent(id: string): Promise<Agent | undefined> {
  const answer = await desk.call('GET', '/v1/agents/load');
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ agents: Agent[] }>().agents.find((agent) => agent.id === id);
}

test('a load is what the rules that give tickets out weigh', async () => {
  const { id } = await newPerson(desk, 'agent');
  let load = 0;
  for (const status of statuses) {
    for (const priority of priorities) {
      await record(id, status, priority);
      load += loadOf({ status, priority });
    }
  }
  expect(await agent(id)).toMatchObject({ open: 16, load, capacity: null, onDuty: false, away: false, active: true });
  // What was given out counts before the ticket's row says so, and once it does only once.
  await claimOwner(desk.database.pool, { ticket: 'T999', team: 'team_1', users: [id], priority: 'high' }, ([first]) => {
    expect(first?.load).toBe(load);
    return first?.user;
  });
  expect(await agent(id)).toMatchObject({ open: 17, load: load + 3 });
  await record(id, 'new', 'high', 'T999');
  expect(await agent(id)).toMatchObject({ open: 17, load: load + 3 });
});

test('what nobody has is counted beside it', async () => {
  const before = (await desk.call('GET', '/v1/agents/load')).json<{ unassigned: { open: number } }>().unassigned.open;
  await record(null, 'open', 'normal');
  await record(null, 'solved', 'normal');
  const after = await desk.call('GET', '/v1/agents/load');
  expect(after.json()).toMatchObject({ unassigned: { open: before + 1 } });
});

test('those who take tickets are there, and those who have some all the same', async () => {
  const manager = await newPerson(desk, 'manager');
  const left = await newPerson(desk, 'agent');
  const idle = await newPerson(desk, 'agent');
  expect(await agent(manager.id)).toBeUndefined();
  expect(await agent(idle.id)).toMatchObject({ open: 0, load: 0 });
  await record(left.id, 'open', 'urgent');
  await desk.call('PATCH', `/v1/users/${left.id}`, { active: false });
  expect(await agent(left.id)).toMatchObject({ active: false, open: 1, load: 5 });
  await record(manager.id, 'pending', 'normal');
  expect(await agent(manager.id)).toMatchObject({ role: 'manager', open: 1, load: 1 });
});

test('says who is on duty, who is away, and how much each can take', async () => {
  const [viewer, busy] = [await newPerson(desk, 'manager'), await newPerson(desk, 'agent')];
  const start = '2026-01-05T00:00:00Z';
  await desk.call('POST', '/v1/schedules', {
    ...{ name: 'First line', timeZone: 'UTC' },
    layers: [{ rotation: { type: 'daily', shiftLength: 1, start }, participants: [viewer.id] }],
  });
  const now = Date.now();
  const absence = { user: busy.id, start: new Date(now - 1000), end: new Date(now + 3_600_000) };
  expect((await desk.call('POST', '/v1/absences', absence)).statusCode).toBe(201);
  const limits = [{ rule: 'least-loaded', capacity: 8 }, { rule: 'round-robin', capacity: 12 }, { rule: 'on-duty' }];
  for (const [i, ownership] of limits.entries()) {
    const schedule = (await desk.call('GET', '/v1/schedules')).json<{ data: { id: string }[] }>().data[0]?.id;
    const team = { name: `Limited ${i}`, members: [busy.id], ownership };
    if (ownership.rule === 'on-duty') Object.assign(ownership, { schedule });
    const answer = await desk.call('POST', '/v1/teams', team);
    expect(answer.statusCode, answer.body).toBe(201);
  }
  expect(await agent(viewer.id)).toMatchObject({ onDuty: true, away: false, capacity: null });
  expect(await agent(busy.id)).toMatchObject({ onDuty: false, away: true, capacity: 12 });
  // One team without a limit is enough to have none.
  await desk.call('POST', '/v1/teams', { name: 'Free', members: [busy.id], ownership: { rule: 'least-loaded' } });
  expect(await agent(busy.id)).toMatchObject({ capacity: null });
});

test('who may read may see it', async () => {
  expect((await desk.call('GET', '/v1/agents/load', undefined, await keyOf(desk, 'intake'))).statusCode).toBe(403);
  expect((await desk.call('GET', '/v1/agents/load', undefined, await keyOf(desk, 'read-only'))).statusCode).toBe(200);
});
