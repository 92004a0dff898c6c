import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { newTicket } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk();
});
afterAll(() => desk.close());

let count = 0;

/** A team with so many agents, and the ids of both. */
async function team(size: number, ownership: object | null, more: object = {}): Promise<[string, string[]]> {
  const n = ++count;
  const users: string[] = [];
  for (let i = 0; i < size; i++) {
    const person = { name: `Agent ${n}.${i}`, email: `a${n}.${i}@example.com`, role: 'agent', ...more };
    users.push((await desk.call('POST', '/v1/users', person)).json<{ id: string }>().id);
  }
  const answer = await desk.call('POST', '/v1/teams', { name: `Team ${n}`, members: users, ownership });
  expect(answer.statusCode, answer.body).toBe(201);
  return [answer.json<{ id: string }>().id, users.toSorted()];
}

/** Comes again as a client does that is told to. */
async function handIn(teamId: string, more: object = {}): Promise<string> {
  const key = { 'idempotency-key': randomUUID() };
  for (;;) {
    const answer = await desk.call('POST', '/v1/tickets', { ...newTicket, team: teamId, ...more }, key);
    if (answer.statusCode === 503) continue;
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<{ id: string }>().id;
  }
}

async function owners(teamId: string): Promise<(string | null)[]> {
  const answer = await desk.call('GET', `/v1/tickets?team=${teamId}&limit=100`);
  return answer.json<{ data: { assignee: string | null }[] }>().data.map((ticket) => ticket.assignee);
}

const allOwned = (teamId: string, expected: number) =>
  vi.waitFor(async () => {
    const all = await owners(teamId);
    expect(all).toHaveLength(expected);
    expect(all).not.toContain(null);
    return all as string[];
  }, 30_000);

describe('tickets of a team get an owner by its rule', () => {
  test('a hundred at once land balanced within one', async () => {
    const [id, users] = await team(7, { rule: 'least-loaded' });
    await Promise.all(Array.from({ length: 100 }, () => handIn(id)));
    const all = await allOwned(id, 100);
    const counts = users.map((user) => all.filter((owner) => owner === user).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  test('whoever is on duty owns what arrives, and nobody in a gap', async () => {
    const [, [ann = '', bob = '']] = await team(2, null);
    const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-01T00:00:00Z' };
    const schedule = await desk.call('POST', '/v1/schedules', {
      name: 'Duty',
      timeZone: 'UTC',
      layers: [{ rotation, participants: [ann] }],
    });
    const { id: scheduleId } = schedule.json<{ id: string }>();
    const [id] = await team(0, { rule: 'on-duty', schedule: scheduleId });
    await handIn(id);
    expect(await allOwned(id, 1)).toEqual([ann]);
    const override = (body: object) => desk.call('POST', `/v1/schedules/${scheduleId}/overrides`, body);
    const now = new Date(Date.now() - 60_000).toISOString();
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    await override({ start: now, end: soon, user: bob, replaces: ann });
    await handIn(id);
    expect(new Set(await allOwned(id, 2))).toEqual(new Set([ann, bob]));
    await override({ start: now, end: soon, replaces: bob });
    await handIn(id);
    await vi.waitFor(async () => expect(await owners(id)).toHaveLength(3), 20_000);
    expect((await owners(id)).filter((owner) => owner === null)).toHaveLength(1);
    const refused = await desk.call('DELETE', `/v1/schedules/${scheduleId}`);
    expect(refused.json<{ detail: string }>().detail).toContain('gives its tickets out by this schedule');
  });

  test('those who lack a skill, are away or are full get none; a named agent stays', async () => {
    const [id, [ann = '', bob = '', cleo = '']] = await team(3, { rule: 'round-robin', skills: ['dns'], capacity: 4 });
    for (const user of [ann, bob]) await desk.call('PATCH', `/v1/users/${user}`, { skills: ['dns', 'tls'] });
    const away = {
      start: new Date(Date.now() - 1000).toISOString(),
      end: new Date(Date.now() + 3_600_000).toISOString(),
    };
    await desk.call('POST', '/v1/absences', { user: bob, ...away });
    await handIn(id);
    await allOwned(id, 1);
    await handIn(id);
    expect(await allOwned(id, 2)).toEqual([ann, ann]);
    await handIn(id, { assignee: cleo });
    await handIn(id);
    await vi.waitFor(async () => expect(await owners(id)).toHaveLength(4), 20_000);
    expect((await owners(id)).filter((owner) => owner === null)).toHaveLength(1);
  });

  test('also when it is moved to the team', async () => {
    const [plain] = await team(1, null);
    const [id, [ann]] = await team(1, { rule: 'least-loaded' });
    const ticket = await handIn(plain);
    expect((await desk.call('POST', `/v1/tickets/${ticket}/assign`, { team: id })).statusCode).toBe(200);
    expect(await allOwned(id, 1)).toEqual([ann]);
  });

  test('a rule that cannot work is refused', async () => {
    const answer = await desk.call('POST', '/v1/teams', { name: 'Odd', ownership: { rule: 'on-duty' } });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'ownership.schedule' }] });
    const gone = await desk.call('POST', '/v1/teams', {
      name: 'Odd',
      ownership: { rule: 'on-duty', schedule: 'sch_x' },
    });
    expect(gone.json()).toMatchObject({ status: 422, errors: [{ path: 'ownership.schedule' }] });
  });
});
