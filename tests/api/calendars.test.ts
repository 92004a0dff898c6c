import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;

beforeAll(async () => {
  desk = await startDeskApp();
});

afterAll(() => desk.close());

const office = { timeZone: 'Europe/Berlin', hours: { mon: [['09:00', '12:00']] } };

test('a calendar is added, changed in part, and deleted unless a policy uses it', async () => {
  const added = await desk.call('POST', '/v1/calendars', { name: 'Office', ...office, holidays: ['2026-01-05'] });
  expect(added.statusCode).toBe(201);
  const { id } = added.json<{ id: string }>();
  const changed = await desk.call('PATCH', `/v1/calendars/${id}`, { hours: 'always' });
  expect(changed.json()).toMatchObject({
    name: 'Office',
    timeZone: 'Europe/Berlin',
    hours: 'always',
    holidays: ['2026-01-05'],
  });
  const policy = await desk.call('POST', '/v1/sla-policies', {
    name: 'By office',
    calendar: id,
    targets: { low: { resolution: 'P1D' } },
  });
  const refused = await desk.call('DELETE', `/v1/calendars/${id}`);
  expect(refused.statusCode).toBe(409);
  expect(refused.json<{ detail: string }>().detail).toContain('"By office" uses this calendar');
  await desk.call('DELETE', `/v1/sla-policies/${policy.json<{ id: string }>().id}`);
  expect((await desk.call('DELETE', `/v1/calendars/${id}`)).statusCode).toBe(204);
});

test('what makes no sense is refused field by field', async () => {
  const answer = await desk.call('POST', '/v1/calendars', {
    name: 'Odd',
    timeZone: 'Europe/Nowhere',
    hours: { mon: [['12:00', '09:00']], tue: [['9', '17:00']] },
    holidays: ['2026-02-30'],
  });
  expect(answer.statusCode).toBe(422);
  const { errors } = answer.json<{ errors: { path: string }[] }>();
  expect(errors.map((error) => error.path)).toEqual(['timeZone', 'hours.mon.0', 'hours.tue.0.0', 'holidays.0']);
  const unknown = await desk.call('POST', '/v1/calendars', { name: 'Odd', timeZone: 'UTC', hours: { monday: [] } });
  expect(unknown.statusCode).toBe(400);
  const patch = await desk.call('PATCH', '/v1/calendars/cal_x', { holidays: ['2026-13-01'] });
  expect(patch.json()).toMatchObject({ status: 422, errors: [{ path: 'holidays.0' }] });
});

describe('the preview', () => {
  const preview = (body: object) => desk.call('POST', '/v1/calendars/preview', { calendar: office, ...body });

  test('tells the open time of a window, and what is left of it by pauses', async () => {
    const answer = await preview({
      from: '2026-01-05T00:00:00Z',
      to: '2026-01-06T00:00:00Z',
      pauses: [{ start: '2026-01-05T09:00:00Z', end: '2026-01-05T09:30:00Z' }],
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      spans: [{ start: '2026-01-05T08:00:00Z', end: '2026-01-05T11:00:00Z' }],
      elapsed: 'PT2H30M',
    });
  });

  test('tells when a budget is used up, or that it never is', async () => {
    const due = await preview({ start: '2026-01-05T10:00:00Z', budget: 'PT2H' });
    expect(due.json()).toEqual({ dueAt: '2026-01-12T09:00:00Z' });
    const closed = { calendar: { timeZone: 'UTC', hours: {} }, start: '2026-01-05T10:00:00Z', budget: 'PT2H' };
    expect((await preview(closed)).json()).toEqual({ dueAt: null });
  });

  test.each([
    ['an end before its start', { from: '2026-01-06T00:00:00Z', to: '2026-01-05T00:00:00Z' }],
    ['a budget of zero', { start: '2026-01-05T00:00:00Z', budget: 'PT0S' }],
    ['a mixture', { from: '2026-01-05T00:00:00Z', budget: 'PT1H' }],
    ['nothing asked', {}],
    ['no instant', { start: 'tomorrow', budget: 'PT1H' }],
  ])('refuses %s', async (_what, body) => {
    const answer = await preview(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: object[] }>().errors.length).toBeGreaterThan(0);
  });

  test('stores nothing', async () => {
    expect((await desk.call('GET', '/v1/calendars')).json<{ data: object[] }>().data).toEqual([]);
  });
});
