import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
let team: string;
const ids: Record<string, string> = {};
const policies: Record<string, string> = {};

async function add(path: string, body: object): Promise<string> {
  const answer = await desk.call('POST', path, body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

beforeAll(async () => {
  desk = await startWorkingDesk();
  team = await add('/v1/teams', { name: 'Front line' });
  const contacts = [{ type: 'webhook', address: 'http://127.0.0.1:9/pages' }];
  for (const [name, role, own] of [
    ['ann', 'agent', contacts],
    ['bob', 'agent', []],
    ['mia', 'manager', contacts],
  ] as const) {
    ids[name] = await add('/v1/users', { name, email: `${name}@example.com`, role, teams: [team], contacts: own });
  }
  // Ann has mornings, nobody has afternoons.
  const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-05T08:00:00Z' };
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const restrictions = [{ days, from: '08:00', to: '12:00' }];
  const layers = [{ rotation, participants: [ids['ann']], restrictions }];
  const schedule = await add('/v1/schedules', { name: 'Duty', timeZone: 'UTC', layers });
  const hours = { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] };
  const calendar = await add('/v1/calendars', { name: 'Office', timeZone: 'UTC', hours });
  const targets = { normal: { firstReply: 'PT2H', resolution: 'PT9H' }, high: { firstReply: 'PT1H' } };
  policies['chat'] = await add('/v1/sla-policies', {
    ...{
      name: 'Chat',
      position: 1,
      conditions: { channel: ['chat'], level: [2] },
      targets: { high: { firstReply: 'PT1M' } },
    },
  });
  policies['office'] = await add('/v1/sla-policies', { name: 'Office', position: 2, calendar, targets });
  await add('/v1/escalation-policies', {
    ...{ name: 'Front', conditions: { team: [team] }, rounds: 1 },
    steps: [
      { targets: [{ type: 'schedule', schedule }], ackTimeout: 'PT10M' },
      { targets: [{ type: 'user', user: ids['bob'] }], ackTimeout: 'PT20M' },
      { targets: [{ type: 'manager' }], ackTimeout: 'PT30M' },
    ],
  });
});
afterAll(() => desk.close());

const preview = async (body: object): Promise<Record<string, unknown>> => {
  const answer = await desk.call('POST', '/v1/tickets/preview', body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Record<string, unknown>>();
};

test('says which policy applies and why those before it do not, and when everything falls due', async () => {
  // A Monday, half an hour before the office closes.
  const { looked, slaPolicy, clocks } = await preview({ team, channel: 'chat', at: '2026-01-12T16:30:00Z' });
  expect(looked).toEqual([
    { id: policies['chat'], name: 'Chat', failing: ['level'] },
    { id: policies['office'], name: 'Office', failing: [] },
  ]);
  expect(slaPolicy).toEqual({ id: policies['office'], name: 'Office' });
  expect(clocks).toEqual([
    {
      ...{ name: 'firstReply', target: 'PT2H', dueAt: '2026-01-13T10:30:00Z' },
      warnings: [
        { fraction: 0.5, at: '2026-01-13T09:30:00Z' },
        { fraction: 0.75, at: '2026-01-13T10:00:00Z' },
        { fraction: 0.9, at: '2026-01-13T10:18:00Z' },
      ],
    },
    expect.objectContaining({ name: 'resolution', target: 'PT9H', dueAt: '2026-01-19T09:30:00Z' }),
  ]);
});

test('says whom the breach pages and when, as duty is then, and how it ends', async () => {
  const morning = await preview({ team, at: '2026-01-12T16:30:00Z' });
  expect(morning['escalation']).toMatchObject({
    ...{ clock: 'firstReply', opensAt: '2026-01-13T10:30:00Z', policy: 'Front', endsAt: '2026-01-13T11:10:00Z' },
    steps: [
      { step: 1, at: '2026-01-13T10:30:00Z', targets: ['schedule'], users: [ids['ann']], unreachable: [] },
      // Who has no contacts cannot be waited for.
      { step: 2, at: '2026-01-13T10:40:00Z', users: [ids['bob']], unreachable: [ids['bob']] },
      { step: 3, at: '2026-01-13T10:40:00Z', targets: ['manager'], users: [ids['mia']] },
    ],
  });
  const afternoon = await preview({ team, at: '2026-01-12T12:00:00Z' });
  expect(afternoon['escalation']).toMatchObject({
    ...{ opensAt: '2026-01-12T14:00:00Z' },
    steps: [{ step: 1, at: '2026-01-12T14:00:00Z', users: [] }, { step: 2, at: '2026-01-12T14:00:00Z' }, { step: 3 }],
  });
});

test('a policy may be named, and one that promises nothing pages nobody', async () => {
  const named = await preview({ slaPolicy: policies['chat'], priority: 'low' });
  expect(named).toMatchObject({ looked: [], slaPolicy: { name: 'Chat' }, clocks: [], escalation: null });
});

test('a ticket handed in just then is promised the same', async () => {
  const body = { team, priority: 'high', channel: 'chat', level: 2 };
  const { clocks, slaPolicy } = await preview(body);
  const made = await handIn(desk, body);
  const [clock] = clocks as { dueAt: string }[];
  await eventually<{ clocks: { name: string; target: string; dueAt: string }[] }>(
    desk,
    `/v1/tickets/${made.id}/sla`,
    (sla) => {
      const first = sla.clocks.find(({ name }) => name === 'firstReply');
      expect(first?.target).toBe('PT1M');
      // The ticket came a moment after the question.
      expect(Date.parse(first?.dueAt ?? '') - Date.parse(made.createdAt)).toBe(60_000);
      expect(Date.parse(first?.dueAt ?? '')).toBeGreaterThanOrEqual(Date.parse(clock?.dueAt ?? ''));
    },
  );
  expect(slaPolicy).toMatchObject({ id: policies['chat'] });
});

test('what there is not is refused by its name', async () => {
  const wrong = await desk.call('POST', '/v1/tickets/preview', {
    team: 'team_gone',
    assignee: 'usr_gone',
    slaPolicy: 'x',
  });
  expect(wrong.json()).toMatchObject({
    status: 422,
    errors: [{ path: 'team' }, { path: 'assignee' }, { path: 'slaPolicy' }],
  });
  expect((await desk.call('POST', '/v1/tickets/preview', { subject: 'x' })).statusCode).toBe(400);
  const intake = await keyOf(desk, 'intake');
  expect((await desk.call('POST', '/v1/tickets/preview', {}, intake)).statusCode).toBe(403);
});
