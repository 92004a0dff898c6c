import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;
const people: Record<string, string> = {};

beforeAll(async () => {
  desk = await startDeskApp();
  for (const name of ['Ann', 'Bob', 'Cleo', 'Rob']) {
    const email = `${name.toLowerCase()}@example.com`;
    const added = await desk.call('POST', '/v1/users', { name, email, role: 'agent' });
    people[name] = added.json<{ id: string }>().id;
  }
});

afterAll(() => desk.close());

const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-05T09:00:00Z' };
const id = (name: string) => people[name] as string;

async function added(name: string, more: object = {}): Promise<string> {
  const layers = [{ rotation, participants: [id('Ann'), id('Bob')], ...more }];
  const answer = await desk.call('POST', '/v1/schedules', { name, timeZone: 'UTC', layers });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

const window = 'from=2026-01-05T09:00:00Z&to=2026-01-07T09:00:00Z';

describe('a schedule', () => {
  test('is added, read, changed in part and deleted; who has duty follows at once', async () => {
    const schedule = await added('First line', { shadows: [id('Rob')] });
    const on = await desk.call('GET', `/v1/schedules/${schedule}/on-call?at=2026-01-06T12:00:00Z`);
    expect(on.json()).toEqual({
      at: '2026-01-06T12:00:00Z',
      responsible: [id('Bob')],
      shadows: [id('Rob')],
      shift: { start: '2026-01-06T09:00:00Z', end: '2026-01-07T09:00:00Z' },
    });
    const changed = await desk.call('PATCH', `/v1/schedules/${schedule}`, {
      layers: [{ rotation, participants: [id('Cleo')] }],
    });
    expect(changed.json()).toMatchObject({ name: 'First line', timeZone: 'UTC' });
    const after = await desk.call('GET', `/v1/schedules/${schedule}/on-call?at=2026-01-06T12:00:00Z`);
    expect(after.json()).toMatchObject({ responsible: [id('Cleo')], shadows: [] });
    const before = await desk.call('GET', `/v1/schedules/${schedule}/on-call?at=2026-01-05T08:59:59Z`);
    expect(before.json()).toMatchObject({ responsible: [], shift: null });
    expect((await desk.call('DELETE', `/v1/schedules/${schedule}`)).statusCode).toBe(204);
    expect((await desk.call('GET', `/v1/schedules/${schedule}/on-call`)).statusCode).toBe(404);
  });

  test('that cannot work is refused with the path and the reason', async () => {
    const answer = await desk.call('POST', '/v1/schedules', {
      name: 'Odd',
      timeZone: 'Europe/Nowhere',
      layers: [{ rotation: { ...rotation, shiftLength: 0 }, participants: [] }],
    });
    expect(answer.statusCode).toBe(422);
    const paths = answer.json<{ errors: { path: string }[] }>().errors.map((e) => e.path);
    expect(paths).toEqual(['timeZone', 'layers.0.rotation.shiftLength', 'layers.0.participants']);
    const stranger = await desk.call('POST', '/v1/schedules', {
      name: 'Odd',
      timeZone: 'UTC',
      layers: [{ rotation, participants: [id('Ann'), ['usr_nobody']] }],
    });
    expect(stranger.json()).toMatchObject({ status: 422, errors: [{ path: 'layers.0.participants.1.0' }] });
    const unknown = await desk.call('POST', '/v1/schedules', { name: 'Odd', timeZone: 'UTC', layers: [], color: 1 });
    expect(unknown.statusCode).toBe(400);
  });

  test('tells what each layer gives by itself, for those who may have duty in it', async () => {
    const layers = [
      { rotation, participants: [id('Ann'), id('Bob')] },
      { rotation, participants: [id('Bob')], eligible: { skills: ['nobody has this'] } },
    ];
    const body = { name: 'Layered', timeZone: 'UTC', layers };
    const schedule = (await desk.call('POST', '/v1/schedules', body)).json<{ id: string }>().id;
    const override = { start: '2026-01-05T09:00:00Z', end: '2026-01-07T09:00:00Z', user: id('Bob') };
    await desk.call('POST', `/v1/schedules/${schedule}/overrides`, override);
    const answer = await desk.call('GET', `/v1/schedules/${schedule}/shifts?${window}&layers=true`);
    expect(answer.json()).toMatchObject({
      shifts: [{ users: [id('Bob')], source: { override: 0 } }],
      layers: [
        [
          { start: '2026-01-05T09:00:00Z', users: [id('Ann')], source: { layer: 0 } },
          { end: '2026-01-07T09:00:00Z', users: [id('Bob')], source: { layer: 0 } },
        ],
        [],
      ],
    });
    await desk.call('DELETE', `/v1/schedules/${schedule}`);
  });

  test('tells its shifts with gaps, and how duty is shared', async () => {
    const schedule = await added('Office hours', {
      restrictions: [{ days: ['mon', 'tue', 'wed'], from: '09:00', to: '17:00' }],
    });
    const shifts = await desk.call('GET', `/v1/schedules/${schedule}/shifts?${window}`);
    expect(shifts.json()).toEqual({
      shifts: [
        { start: '2026-01-05T09:00:00Z', end: '2026-01-05T17:00:00Z', users: [id('Ann')], source: { layer: 0 } },
        { start: '2026-01-06T09:00:00Z', end: '2026-01-06T17:00:00Z', users: [id('Bob')], source: { layer: 0 } },
      ],
      gaps: [
        { start: '2026-01-05T17:00:00Z', end: '2026-01-06T09:00:00Z' },
        { start: '2026-01-06T17:00:00Z', end: '2026-01-07T09:00:00Z' },
      ],
      idleOverrides: [],
    });
    expect(shifts.json()).not.toHaveProperty('layers');
    const fairness = await desk.call(
      'GET',
      `/v1/schedules/${schedule}/fairness?from=2026-01-05T00:00:00Z&to=2026-01-08T00:00:00Z`,
    );
    expect(fairness.json()).toMatchObject({
      people: [
        { user: id('Ann'), hours: 16, nightHours: 0, weekendHours: 0, weightedHours: 16, shifts: 2, pages: 0 },
        { user: id('Bob'), hours: 8, shifts: 1 },
      ],
      spread: 8,
    });
    const backwards = await desk.call(
      'GET',
      `/v1/schedules/${schedule}/shifts?from=2026-01-07T00:00:00Z&to=2026-01-06T00:00:00Z`,
    );
    expect(backwards.statusCode).toBe(422);
  });

  test('keeps the team that its people have to be of', async () => {
    const team = (await desk.call('POST', '/v1/teams', { name: 'Eligible' })).json<{ id: string }>().id;
    await added('Of a team', { eligible: { teams: [team] } });
    const refused = await desk.call('DELETE', `/v1/teams/${team}`);
    expect(refused.json<{ detail: string }>().detail).toContain('"Of a team" has people of this team only');
  });

  test('is a calendar, too', async () => {
    const schedule = await added('As a calendar');
    const answer = await desk.call('GET', `/v1/schedules/${schedule}.ics`);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.body.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(200);
    expect((await desk.call('GET', '/v1/schedules/sch_none.ics')).statusCode).toBe(404);
    expect((await desk.call('GET', `/v1/schedules/${schedule}.ics`, undefined, { authorization: '' })).statusCode).toBe(
      401,
    );
  });

  test('loses a participant from the instant at which that person leaves', async () => {
    const leaver = await desk.call('POST', '/v1/users', {
      name: 'Dan',
      email: 'dan@example.com',
      role: 'agent',
      leftAt: '2026-01-05T12:00:00Z',
    });
    const { id: dan } = leaver.json<{ id: string }>();
    const schedule = await added('With Dan', { participants: [dan, id('Ann')] });
    const shifts = await desk.call('GET', `/v1/schedules/${schedule}/shifts?${window}`);
    expect(shifts.json()).toMatchObject({
      shifts: [
        { users: [dan], end: '2026-01-05T12:00:00Z' },
        { users: [id('Ann')], start: '2026-01-06T09:00:00Z' },
      ],
      gaps: [{ start: '2026-01-05T12:00:00Z', end: '2026-01-06T09:00:00Z' }],
    });
    const refused = await desk.call('DELETE', `/v1/users/${dan}`);
    expect(refused.statusCode).toBe(409);
    expect(refused.json<{ detail: string }>().detail).toContain('is in a schedule');
    const now = await desk.call('PATCH', `/v1/users/${id('Cleo')}`, { active: false });
    expect(Date.parse(now.json<{ leftAt: string }>().leftAt)).toBeGreaterThan(Date.now() - 60_000);
    const back = await desk.call('PATCH', `/v1/users/${id('Cleo')}`, { active: true });
    expect(back.json()).toMatchObject({ leftAt: null });
  });
});

describe('overrides', () => {
  const span = { start: '2026-01-05T10:00:00Z', end: '2026-01-05T12:00:00Z' };

  test('are added by those who work, act in their order, and are deleted', async () => {
    const schedule = await added('Covered');
    const path = `/v1/schedules/${schedule}/overrides`;
    const cover = await desk.call('POST', path, { ...span, user: id('Cleo'), replaces: id('Ann'), reason: 'dentist' });
    expect(cover.statusCode, cover.body).toBe(201);
    expect(cover.headers.location).toBe(`${path}/${cover.json<{ id: string }>().id}`);
    const on = `/v1/schedules/${schedule}/on-call?at=2026-01-05T11:00:00Z`;
    expect((await desk.call('GET', on)).json()).toMatchObject({ responsible: [id('Cleo')] });
    expect((await desk.call('GET', path)).json()).toEqual({ data: [] });
    const all = await desk.call('GET', `${path}?past=true`);
    expect(all.json()).toMatchObject({ data: [{ user: id('Cleo'), replaces: id('Ann'), reason: 'dentist' }] });
    const again = await desk.call('POST', path, { ...span, user: id('Cleo') });
    expect(again.json()).toMatchObject({
      status: 422,
      errors: [{ message: expect.stringContaining('overlaps') as string }],
    });
    const stranger = await desk.call('POST', path, { ...span, adds: 'usr_nobody' });
    expect(stranger.json()).toMatchObject({ status: 422, errors: [{ path: 'adds' }] });
    const empty = await desk.call('POST', path, { ...span, end: span.start, user: id('Bob') });
    expect(empty.json()).toMatchObject({ status: 422, errors: [{ path: 'end' }] });
    expect((await desk.call('DELETE', `${path}/${cover.json<{ id: string }>().id}`)).statusCode).toBe(204);
    expect((await desk.call('GET', on)).json()).toMatchObject({ responsible: [id('Ann')] });
    expect((await desk.call('POST', '/v1/schedules/sch_none/overrides', { ...span, user: id('Bob') })).statusCode).toBe(
      404,
    );
  });

  test('may come with a new schedule', async () => {
    const layers = [{ rotation, participants: [id('Ann')] }];
    const given = { name: 'With overrides', timeZone: 'UTC', layers };
    const made = await desk.call('POST', '/v1/schedules', { ...given, overrides: [{ ...span, user: id('Bob') }] });
    expect(made.statusCode, made.body).toBe(201);
    const path = `/v1/schedules/${made.json<{ id: string }>().id}`;
    expect((await desk.call('GET', `${path}/on-call?at=${span.start}`)).json()).toMatchObject({
      responsible: [id('Bob')],
    });
    const wrong = await desk.call('POST', '/v1/schedules', {
      ...given,
      name: 'No',
      overrides: [{ ...span, end: span.start, user: id('Bob') }],
    });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ path: 'overrides.0.end' }] });
  });

  test('are made once for each Idempotency-Key', async () => {
    const schedule = await added('Covered once');
    const path = `/v1/schedules/${schedule}/overrides`;
    const key = { 'idempotency-key': 'cover' };
    const first = await desk.call('POST', path, { ...span, user: id('Cleo') }, key);
    const second = await desk.call('POST', path, { ...span, user: id('Cleo') }, key);
    expect(second.statusCode).toBe(201);
    expect(second.json()).toEqual(first.json());
    expect((await desk.call('GET', `${path}?past=true`)).json<{ data: object[] }>().data).toHaveLength(1);
  });
});

describe('the preview', () => {
  test('computes without storing, for any names', async () => {
    const schedule = { timeZone: 'Europe/Berlin', layers: [{ rotation, participants: ['x', ['y', 'z']] }] };
    const answer = await desk.call('POST', '/v1/schedules/preview', {
      schedule,
      from: '2026-01-05T09:00:00Z',
      to: '2026-01-06T12:00:00Z',
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({
      shifts: [
        { users: ['x'], source: { layer: 0 } },
        { users: ['y', 'z'], end: '2026-01-06T12:00:00Z' },
      ],
      gaps: [],
    });
    const refused = await desk.call('POST', '/v1/schedules/preview', {
      schedule: { ...schedule, layers: [] },
      from: '2026-01-05T09:00:00Z',
      to: '2026-01-06T12:00:00Z',
    });
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ path: 'schedule.layers' }] });
  });
});
