import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskDay } from '../../api/desk-day.ts';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk();
});
afterAll(() => desk.close());

test('the wall tells of the desk as it is, in one answer', async () => {
  const empty = await desk.call('GET', '/v1/wall');
  expect(empty.json()).toMatchObject({
    ...{ timeZone: 'UTC', open: { total: 0, unassigned: 0 }, nextBreaches: [], duty: [] },
    ...{ today: { opened: 0, medianFirstReplySeconds: null }, month: { decided: 0, percent: null } },
    satisfaction: { good: 0, rated: 0, percent: null, recent: [] },
  });

  const user = await desk.call('POST', '/v1/users', { name: 'Ann', email: 'ann@example.org', role: 'agent' });
  const ann = { id: user.json<{ id: string }>().id, name: 'Ann' };
  // Tomorrow somebody will be on duty in the second one.
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString().replace(/T.*/, 'T00:00:00Z');
  for (const [name, start] of [
    ['First line', '2026-01-05T00:00:00Z'],
    ['A gap', tomorrow],
  ]) {
    const layers = [{ rotation: { type: 'daily', shiftLength: 1, start }, participants: [ann.id] }];
    const made = await desk.call('POST', '/v1/schedules', { name, timeZone: 'UTC', layers });
    expect(made.statusCode, made.body).toBe(201);
  }
  const urgent = await handIn(desk, { priority: 'urgent', assignee: ann.id });
  const normal = await handIn(desk);
  await desk.call('POST', `/v1/tickets/${normal.id}/messages`, { author: 'agent', body: 'Use the extinguisher.' });
  const solved = await handIn(desk);
  await desk.call('POST', `/v1/tickets/${solved.id}/solve`);

  await eventually<object>(desk, '/v1/wall?timeZone=Europe/Berlin', (wall) =>
    expect(wall).toMatchObject({
      timeZone: 'Europe/Berlin',
      open: { total: 2, unassigned: 1 },
      sla: { green: 1, amber: 0, red: 0, overdue: 0, paused: 1, none: 0 },
      nextBreaches: [{ id: urgent.id, reference: urgent.reference, assignee: ann, clock: 'firstReply' }],
      duty: [
        { schedule: { name: 'A gap' }, people: [], until: tomorrow },
        { schedule: { name: 'First line' }, people: [ann] },
      ],
      today: { opened: 3, solved: 1, firstReplies: 1 },
      month: { kept: 2, decided: 2, percent: 100 },
      incidents: { triggered: 0, acknowledged: 0 },
    }),
  );
});

test('the wall is for who may read, in a time zone that exists', async () => {
  expect((await desk.call('GET', '/v1/wall', undefined, await keyOf(desk, 'intake'))).statusCode).toBe(403);
  const wrong = await desk.call('GET', '/v1/wall?timeZone=Mars/Olympus');
  expect(wrong.json()).toMatchObject({ status: 400, errors: [{ path: 'query.timeZone' }] });
});

describe("a desk's day", () => {
  const at = (iso: string) => Date.parse(iso);

  test.each([
    // In Auckland it is the 1st of December already.
    ['Pacific/Auckland', '2026-11-30T12:00:00Z', '2026-11-30T11:00:00Z', '2026-11-30T11:00:00Z'],
    ['UTC', '2026-11-30T12:00:00Z', '2026-11-30T00:00:00Z', '2026-11-01T00:00:00Z'],
    // The month began in summer time, the day on which it ends has 25 hours.
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-09-30T22:00:00Z'],
    // Clocks are put forward at midnight: the day begins at one.
    ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z', '2026-03-31T22:00:00Z'],
  ])('in %s at %s began at %s, and its month at %s', (timeZone, now, day, month) => {
    expect(deskDay(timeZone, at(now))).toEqual({ day: at(day), month: at(month) });
  });
});
