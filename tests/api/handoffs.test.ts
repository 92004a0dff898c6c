import { randomUUID } from 'node:crypto';
import { ScheduleNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rotationId } from '../../temporal/rotations.ts';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { type DeskApp, secret, startDeskApp } from './desk-app.ts';
import { startDeskWorker } from './desk-worker.ts';
import { newTicket } from './tickets-by-rest.ts';

let desk: DeskApp;
let receiver: PageReceiver;
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  receiver = await startPageReceiver(secret);
  desk = await startDeskApp();
  stopWorker = await startDeskWorker(desk);
});
afterAll(async () => {
  await stopWorker();
  await desk.close();
  await receiver.close();
});

let count = 0;
async function person(more: object = {}): Promise<string> {
  const n = ++count;
  const contacts = [{ type: 'webhook', address: receiver.url }];
  const body = { name: `Person ${n}`, email: `h${n}@example.com`, role: 'agent', contacts, ...more };
  return (await desk.call('POST', '/v1/users', body)).json<{ id: string }>().id;
}

/** The first of two people is on duty, and the second from so many seconds on. */
async function schedule(people: readonly string[], seconds: number, handoff: object = {}): Promise<string> {
  const change = Math.ceil(Date.now() / 1000) * 1000 + seconds * 1000;
  const rotation = { type: 'daily', shiftLength: 1, start: new Date(change - 24 * 3_600_000).toISOString() };
  const body = { name: `Schedule ${++count}`, timeZone: 'UTC', layers: [{ rotation, participants: people }] };
  const answer = await desk.call('POST', '/v1/schedules', {
    ...body,
    handoff: { tickets: 'keep', announce: [], ...handoff },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

interface Handoff {
  readonly users: string[];
  readonly leaving: string[];
  readonly ticketsMoved: number;
}

async function handoffs(id: string): Promise<Handoff[]> {
  return (await desk.call('GET', `/v1/schedules/${id}/handoffs`)).json<{ data: Handoff[] }>().data;
}

const recorded = (id: string, expected: object[]) =>
  vi.waitFor(async () => expect(await handoffs(id)).toMatchObject(expected), 30_000);

async function ticket(team: string, more: object = {}): Promise<string> {
  const answer = await desk.call(
    'POST',
    '/v1/tickets',
    { ...newTicket, team, ...more },
    { 'idempotency-key': randomUUID() },
  );
  return answer.json<{ id: string }>().id;
}

const assigneeOf = async (id: string) =>
  (await desk.call('GET', `/v1/tickets/${id}?source=workflow`)).json<{ assignee: string | null }>().assignee;

const told = (id: string) =>
  receiver.notices.filter((n) => n.data['schedule'] === id).map((n) => [n.data['at'], n.title] as const);

describe('a change of duty', () => {
  test('is recorded, told to those who come and go and to the channel, and hands tickets over by rule', async () => {
    const [ann, bob] = [await person(), await person()];
    const announce = [{ type: 'webhook', address: receiver.url }];
    const id = await schedule([ann, bob], 6, { tickets: 'move-unanswered', announce });
    await recorded(id, [{ users: [ann], leaving: [] }]);
    const ownership = { rule: 'on-duty', schedule: id };
    const team = (await desk.call('POST', '/v1/teams', { name: `Team ${id}`, ownership })).json<{ id: string }>().id;
    const [unanswered, answered] = [await ticket(team), await ticket(team)];
    await vi.waitFor(async () => expect(await assigneeOf(answered)).toBe(ann), 20_000);
    await desk.call('POST', `/v1/tickets/${answered}/messages`, { author: 'agent', body: 'Please try again.' });
    await recorded(id, [{ users: [bob], leaving: [ann], ticketsMoved: 1 }, { users: [ann] }]);
    expect(await assigneeOf(unanswered)).toBe(bob);
    expect(await assigneeOf(answered)).toBe(ann);
    await vi.waitFor(() => {
      const titles = told(id).map(([, title]) => title);
      expect(titles.filter((title) => title.startsWith('You are on call'))).toHaveLength(2);
      expect(titles.filter((title) => title.startsWith('Your shift is over'))).toHaveLength(1);
      expect(titles.filter((title) => /: on call Person \d+$/.test(title))).toHaveLength(2);
    }, 20_000);
    expect(receiver.violations).toEqual([]);
  });

  test('is recorded whether or not everybody can be told', async () => {
    const [ann, bob] = [await person(), await person()];
    const announce = [{ type: 'webhook', address: 'http://127.0.0.1:9/nobody-listens' }];
    const id = await schedule([ann, bob], 3600, { announce });
    await recorded(id, [{ users: [ann] }]);
    await vi.waitFor(() => expect(told(id).map(([, title]) => title)).toHaveLength(1), 20_000);
  });

  test('tells trainees and their managers of promotions, and managers of those who wait for their word', async () => {
    const [ann, bob, manager] = [await person(), await person(), await person({ role: 'manager' })];
    const [robin, kid] = [await person({ manager }), await person({ manager })];
    const id = await schedule([ann, bob], 6);
    const { shift } = (await desk.call('GET', `/v1/schedules/${id}/on-call`)).json<{ shift: { end: string } }>();
    const start = new Date(Date.parse(shift.end) - 7 * 24 * 3_600_000).toISOString();
    const training = { schedule: id, layer: 0, start, weeks: 1 };
    await desk.call('POST', '/v1/trainings', { ...training, user: robin });
    await desk.call('POST', '/v1/trainings', { ...training, user: kid, needsConfirmation: true });
    await recorded(id, [{ users: [bob], leaving: [ann] }, { users: [ann] }]);
    const words = () => receiver.notices.filter((n) => n.data['type'] === 'training' && n.data['schedule'] === id);
    await vi.waitFor(() => expect(words()).toHaveLength(3), 20_000);
    expect(words().map(({ data }) => [data['user'], data['state']])).toEqual(
      expect.arrayContaining([
        [robin, 'promoted'],
        [robin, 'promoted'],
        [kid, 'waiting'],
      ]),
    );
    expect(receiver.violations).toEqual([]);
  });

  test('that was missed while no worker was there is made up for once', async () => {
    const [ann, bob] = [await person(), await person()];
    const id = await schedule([ann, bob], 5);
    await recorded(id, [{ users: [ann] }]);
    await stopWorker();
    await vi.waitFor(async () => {
      const on = await desk.call('GET', `/v1/schedules/${id}/on-call`);
      expect(on.json()).toMatchObject({ responsible: [bob] });
    }, 20_000);
    expect(await handoffs(id)).toHaveLength(1);
    stopWorker = await startDeskWorker(desk);
    await recorded(id, [{ users: [bob], leaving: [ann] }, { users: [ann] }]);
    const over = () => told(id).filter(([, title]) => title.startsWith('Your shift is over'));
    await vi.waitFor(() => expect(over()).toHaveLength(1), 20_000);
  });

  test('is in Temporal’s sight as the schedule is, and no more when it is deleted', async () => {
    const [ann, bob] = [await person(), await person()];
    const id = await schedule([ann, bob], 3600);
    await recorded(id, [{ users: [ann] }]);
    const handle = desk.app.parts.temporal.client.schedule.getHandle(rotationId(desk.taskQueue, id));
    expect((await handle.describe()).info.nextActionTimes[0]?.getTime()).toBeLessThan(Date.now() + 3_700_000);
    const rotation = { type: 'weekly', shiftLength: 1, start: new Date(Date.now() - 1000).toISOString() };
    await desk.call('PATCH', `/v1/schedules/${id}`, { layers: [{ rotation, participants: [bob, ann] }] });
    await recorded(id, [{ users: [bob], leaving: [] }, { users: [ann] }]);
    await vi.waitFor(async () => {
      const next = (await handle.describe()).info.nextActionTimes[0]?.getTime() ?? 0;
      expect(next).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
    }, 20_000);
    await desk.call('DELETE', `/v1/schedules/${id}`);
    await vi.waitFor(async () => expect(handle.describe()).rejects.toBeInstanceOf(ScheduleNotFoundError), 20_000);
  });
});
