import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

const steps = [{ targets: [{ type: 'assignee' }], ackTimeout: 'PT5M' }];

async function add(name: string, more: object = {}): Promise<string> {
  const answer = await desk.call('POST', '/v1/escalation-policies', { name, steps, ...more });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

const escalation = (at: string, level: 1 | 2 | 3 = 1) =>
  desk.directory.escalationFor({ priority: 'normal', level, team: null }, Date.parse(at));

describe('escalation policies', () => {
  test('are added with what they do not say, changed in part, and deleted', async () => {
    const id = await add('Plain');
    const path = `/v1/escalation-policies/${id}`;
    expect((await desk.call('GET', path)).json()).toMatchObject({
      conditions: {},
      hours: null,
      rounds: 1,
      resolveTimeout: null,
      next: null,
      active: true,
    });
    const changed = await desk.call('PATCH', path, { rounds: 3, resolveTimeout: 'PT1H' });
    expect(changed.json()).toMatchObject({ name: 'Plain', rounds: 3, resolveTimeout: 'PT1H', steps });
    expect((await desk.call('DELETE', path)).statusCode).toBe(204);
  });

  test('apply by position, level and the hours of a line', async () => {
    const calendar = await desk.call('POST', '/v1/calendars', {
      name: 'Second line',
      timeZone: 'Europe/Moscow',
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['04:00', '22:00']]])),
    });
    const { id: hours } = calendar.json<{ id: string }>();
    const last = await add('Everything', { position: 100 });
    await add('Hulk', { position: 1, conditions: { level: [3] } });
    await add('Second line', { position: 2, hours: { calendar: hours, while: 'open' } });
    expect(escalation('2026-01-05T12:00:00Z')?.name).toBe('Second line');
    expect(escalation('2026-01-05T00:30:00Z')?.name).toBe('Everything');
    expect(escalation('2026-01-05T12:00:00Z', 3)?.name).toBe('Hulk');
    const refused = await desk.call('DELETE', `/v1/calendars/${hours}`);
    expect(refused.json<{ detail: string }>().detail).toContain('"Second line" has its hours by this calendar');
    await desk.call('PATCH', `/v1/escalation-policies/${last}`, { active: false });
    expect(escalation('2026-01-05T00:30:00Z')).toBeUndefined();
  });

  test('may go on with another, and never in a circle', async () => {
    const a = await add('A');
    const b = await add('B', { next: a });
    const refused = await desk.call('PATCH', `/v1/escalation-policies/${a}`, { next: b });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ path: 'next', message: 'the policies would go round in a circle: "A", then "B", then "A"' }],
    });
    const itself = await desk.call('PATCH', `/v1/escalation-policies/${a}`, { next: a });
    expect(itself.statusCode).toBe(422);
    expect((await desk.call('DELETE', `/v1/escalation-policies/${a}`)).statusCode).toBe(409);
  });

  test.each([
    [{ steps: [] }, 400, 'body.steps'],
    [{ steps: [{ targets: [], ackTimeout: 'PT5M' }] }, 400, 'body.steps.0.targets'],
    [{ steps: [{ targets: [{ type: 'nobody' }], ackTimeout: 'PT5M' }] }, 400, 'body.steps.0.targets.0'],
    [{ steps: [{ targets: [{ type: 'schedule' }], ackTimeout: 'PT5M' }] }, 400, 'body.steps.0.targets.0'],
    [{ steps: [{ targets: [{ type: 'assignee' }], ackTimeout: '5 min' }] }, 422, 'steps.0.ackTimeout'],
    [{ steps: [{ targets: [{ type: 'assignee' }], ackTimeout: 'PT0S' }] }, 422, 'steps.0.ackTimeout'],
    [{ resolveTimeout: 'P60D' }, 422, 'resolveTimeout'],
    [{ steps: [{ targets: [{ type: 'user', user: 'usr_x' }], ackTimeout: 'PT5M' }] }, 422, 'steps.0.targets.0.user'],
    [
      { steps: [{ targets: [{ type: 'schedule', schedule: 'sch_x' }], ackTimeout: 'PT5M' }] },
      422,
      'steps.0.targets.0.schedule',
    ],
    [{ hours: { calendar: 'cal_x', while: 'open' } }, 422, 'hours.calendar'],
    [{ next: 'esc_x' }, 422, 'next'],
  ])('are refused with %j', async (more, status, path) => {
    const answer = await desk.call('POST', '/v1/escalation-policies', { name: 'Wrong', steps, ...more });
    expect(answer.statusCode, answer.body).toBe(status);
    expect(answer.json<{ errors: { path: string }[] }>().errors[0]?.path).toContain(path.replace(/^body\./, ''));
  });
});
