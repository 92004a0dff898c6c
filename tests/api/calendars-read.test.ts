import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

const day = 24 * 60 * 60 * 1000;

let desk: DeskApp;
const ids = new Map<string, string>();
const id = (name: string): string => ids.get(name) as string;

beforeAll(async () => {
  desk = await startDeskApp();
  for (const [name, email] of [
    ['Ann Keller, Jr', 'ann@example.com'],
    ['Bob', 'bob@example.com'],
    ['Cleo', 'cleo@example.com'],
  ] as const) {
    const answer = await desk.call('POST', '/v1/users', { name, email, role: 'agent' });
    ids.set(email.split('@')[0] as string, answer.json<{ id: string }>().id);
  }
});
afterAll(() => desk.close());

let count = 0;
async function scheduleWith(layers: object[]): Promise<string> {
  const body = { name: `Schedule ${++count}`, timeZone: 'Europe/Berlin', layers };
  const answer = await desk.call('POST', '/v1/schedules', body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

const put = (schedule: string, layer: number | string, text: string, headers: Record<string, string> = {}) =>
  desk.app.inject({
    method: 'PUT',
    url: `/v1/schedules/${schedule}/layers/${layer}/calendar`,
    headers: { ...desk.headers, 'content-type': 'text/calendar', ...headers },
    payload: text,
  });

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
interface Event {
  readonly start: number;
  readonly end: number;
  readonly summary: string;
}
const calendar = (...events: Event[]): string =>
  [
    'BEGIN:VCALENDAR',
    ...events.flatMap(({ start, end, summary }, i) => [
      'BEGIN:VEVENT',
      `UID:${i}`,
      `DTSTART:${stamp(start)}`,
      `DTEND:${stamp(end)}`,
      `SUMMARY:${summary.replaceAll(',', '\\,')}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

interface Shift {
  readonly start: string;
  readonly end: string;
  readonly users: string[];
}
async function shifts(schedule: string, from: number, to: number): Promise<Shift[]> {
  const window = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
  const answer = await desk.call('GET', `/v1/schedules/${schedule}/shifts?${window}`);
  return answer.json<{ shifts: Shift[] }>().shifts;
}

/** On a whole second, as calendars have it. */
const now = Math.floor(Date.now() / 1000) * 1000;
const hour = 60 * 60 * 1000;
const event = (from: number, to: number, summary: string): Event => ({
  start: now + from * hour,
  end: now + to * hour,
  summary,
});

describe('a calendar as a layer’s source', () => {
  test('puts those on duty whom its events name, and wins over layers below', async () => {
    const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-01T00:00:00Z' };
    const schedule = await scheduleWith([
      { rotation, participants: [id('cleo')] },
      { name: 'Outlook', shifts: [] },
    ]);
    const text = calendar(event(1, 3, 'Ann Keller, Jr'), event(2, 5, `BOB@example.com, ${id('cleo')}`));
    const answer = await put(schedule, 1, text);
    expect([answer.statusCode, answer.json()]).toEqual([200, { added: 2, removed: 0, unchanged: 0 }]);
    const found = (await shifts(schedule, now + hour, now + 5 * hour)).map(({ users }) => users);
    expect(found).toEqual([[id('ann')], [id('ann'), id('bob'), id('cleo')], [id('bob'), id('cleo')]]);
    expect((await put(schedule, 1, text)).json()).toEqual({ added: 0, removed: 0, unchanged: 2 });
    expect((await put(schedule, 1, calendar(event(2, 5, 'Bob')))).json()).toEqual({
      added: 1,
      removed: 2,
      unchanged: 0,
    });
    expect((await shifts(schedule, now + 2 * hour, now + 5 * hour)).at(-1)?.users).toEqual([id('bob')]);
    expect((await shifts(schedule, now + hour, now + 2 * hour)).at(-1)?.users).toEqual([id('cleo')]);
  });

  test('may be the calendar of another schedule, which has the same people on duty then', async () => {
    const rotation = { type: 'hourly', shiftLength: 7, start: '2026-01-01T00:30:00Z' };
    const first = await scheduleWith([{ rotation, participants: [id('ann'), [id('bob'), id('cleo')]] }]);
    const written = await desk.call('GET', `/v1/schedules/${first}.ics`);
    expect(written.statusCode).toBe(200);
    const second = await scheduleWith([{ shifts: [] }]);
    const answer = await put(second, 0, written.body);
    expect(answer.statusCode, answer.body).toBe(200);
    const people = (found: Shift[]) => found.map(({ start, end, users }) => [start, end, users.toSorted()]);
    const [from, to] = [now + hour, now + 100 * day];
    expect(people(await shifts(second, from, to))).toEqual(people(await shifts(first, from, to)));
  });

  test('keeps who was on duty', async () => {
    const before = [{ start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z', users: [id('ann')] }];
    const schedule = await scheduleWith([{ shifts: before }]);
    expect((await put(schedule, 0, calendar(event(1, 2, 'Bob')))).statusCode).toBe(200);
    const past = await shifts(schedule, Date.parse('2025-12-31T00:00:00Z'), Date.parse('2026-01-03T00:00:00Z'));
    expect(past).toMatchObject(before);
  });

  test('that cannot be one is refused, and changes nothing', async () => {
    const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-01T00:00:00Z' };
    const schedule = await scheduleWith([{ rotation, participants: [id('cleo')] }, { shifts: [] }]);
    const good = calendar(event(1, 2, 'Bob'));
    await put(schedule, 1, good);
    const unknown = await put(schedule, 1, calendar(event(1, 2, 'Bob, Dan'), event(3, 4, ' ')));
    expect(unknown.statusCode).toBe(422);
    expect(unknown.json<{ errors: { message: string }[] }>().errors[0]?.message).toContain('"Dan", no name at all');
    expect((await put(schedule, 1, 'hello')).statusCode).toBe(422);
    expect((await put(schedule, 0, good)).statusCode).toBe(409);
    expect((await put(schedule, 2, good)).statusCode).toBe(409);
    expect((await put(schedule, 'x', good)).statusCode).toBe(400);
    expect((await put('sch_none', 1, good)).statusCode).toBe(404);
    expect((await put(schedule, 1, good, { 'content-type': 'application/json' })).statusCode).toBe(415);
    expect((await put(schedule, 1, good, { authorization: '' })).statusCode).toBe(401);
    const found = await shifts(schedule, now + hour, now + 2 * hour);
    expect(found.map(({ users }) => users)).toEqual([[id('bob')]]);
  });

  test('has no turns for trainees', async () => {
    const schedule = await scheduleWith([{ shifts: [] }]);
    const training = { schedule, layer: 0, user: id('bob'), start: new Date(now).toISOString(), weeks: 2 };
    const answer = await desk.call('POST', '/v1/trainings', training);
    expect([answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, 'layer']);
  });
});

test('shifts may be written out with the schedule, and name people who exist', async () => {
  const shift = { start: '2026-05-01T00:00:00Z', end: '2026-05-02T00:00:00Z' };
  const made = await desk.call('POST', '/v1/schedules', {
    name: 'Written',
    timeZone: 'UTC',
    layers: [{ shifts: [{ ...shift, users: ['usr_gone'] }] }],
  });
  expect([made.statusCode, made.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
    422,
    'layers.0.shifts.0.users.0',
  ]);
  const preview = await desk.call('POST', '/v1/schedules/preview', {
    schedule: { timeZone: 'UTC', layers: [{ shifts: [{ ...shift, users: ['anybody'] }] }] },
    from: '2026-04-30T00:00:00Z',
    to: '2026-05-03T00:00:00Z',
  });
  expect(preview.json()).toMatchObject({ shifts: [{ ...shift, users: ['anybody'], source: { layer: 0 } }] });
});
