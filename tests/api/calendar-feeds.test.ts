import ical, { type VEvent } from 'node-ical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asc, eq } from 'drizzle-orm';
import { absences } from '../../db/schema/on-call.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
const people: Record<string, string> = {};
let schedule = '';
const day = 24 * 60 * 60 * 1000;
const path = '/v1/calendar-feeds';

beforeAll(async () => {
  desk = await startDeskApp({ VIGIL_PUBLIC_URL: 'https://vigil.example.com' });
  for (const [name, timeZone] of [
    ['Ann', 'Europe/Berlin'],
    ['Bob', null],
    ['Rob', null],
  ] as const) {
    const user = { name: `${name} Keller, Jr`, email: `${name}@example.com`, role: 'agent', timeZone };
    people[name] = (await desk.call('POST', '/v1/users', user)).json<{ id: string }>().id;
  }
  schedule = await scheduleNamed('First line', [id('Rob')]);
});

afterAll(() => desk.close());

const id = (name: string) => people[name] as string;

async function scheduleNamed(name: string, shadows: string[] = []): Promise<string> {
  const rotation = { type: 'daily', shiftLength: 1, start: '2025-01-05T08:00:00Z' };
  const layers = [{ rotation, participants: [id('Ann'), id('Bob')], shadows }];
  const answer = await desk.call('POST', '/v1/schedules', { name, timeZone: 'UTC', layers });
  return answer.json<{ id: string }>().id;
}

interface Made {
  readonly id: string;
  readonly url: string;
}

async function feedOf(whose: object): Promise<Made> {
  const answer = await desk.call('POST', path, whose);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Made>();
}

/** As calendars ask: without a key. */
function read(url: string) {
  return desk.app.inject({ url: new URL(url).pathname });
}

function eventsIn(text: string): VEvent[] {
  return Object.values(ical.sync.parseICS(text)).filter((item): item is VEvent => item?.type === 'VEVENT');
}

describe('a calendar feed', () => {
  test('of a schedule shows its shifts until it is revoked', async () => {
    const { id: feed, url } = await feedOf({ schedule });
    expect(url).toMatch(/^https:\/\/vigil\.example\.com\/v1\/calendar-feeds\/[\w-]{43}\.ics$/);
    const answer = await read(url);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, max-age=300');
    expect(answer.body).toMatch(/^X-WR-CALNAME:On call: First line\r$/m);
    const events = eventsIn(answer.body);
    // One for each day of the window, and those at its edges.
    expect(events).toHaveLength(241);
    expect(events[0]?.summary).toMatch(/^(Ann|Bob) Keller, Jr · First line$/);
    expect(events.every(({ start, end }) => end?.getTime() === start.getTime() + day)).toBe(true);
    expect((events[0]?.start.getTime() ?? 0) < Date.now() - 60 * day).toBe(true);
    const uids = (body: string) => eventsIn(body).map(({ uid }) => uid);
    expect(uids((await read(url)).body)).toEqual(uids(answer.body));

    expect((await desk.call('DELETE', `${path}/${feed}`)).statusCode).toBe(204);
    expect((await read(url)).statusCode).toBe(404);
    expect((await desk.call('DELETE', `${path}/${feed}`)).statusCode).toBe(404);
  });

  test('of a person shows own shifts of all schedules, and those that are shadowed', async () => {
    const second = await scheduleNamed('Second line');
    const ann = eventsIn((await read((await feedOf({ user: id('Ann') })).url)).body);
    expect(new Set(ann.map(({ summary }) => summary))).toEqual(
      new Set(['On call: First line', 'On call: Second line']),
    );
    expect(ann.every(({ alarms, transparency }) => alarms?.length === 1 && transparency === 'OPAQUE')).toBe(true);
    const rob = eventsIn((await read((await feedOf({ user: id('Rob') })).url)).body);
    expect(new Set(rob.map(({ summary }) => summary))).toEqual(new Set(['On call: First line (shadow)']));
    expect(rob.every(({ alarms, transparency }) => alarms === undefined && transparency === 'TRANSPARENT')).toBe(true);
    expect(rob).toHaveLength(241);
    await desk.call('DELETE', `/v1/schedules/${second}`);
  });

  test('shows its address once, and is gone with what it shows', async () => {
    const temporary = await scheduleNamed('Temporary');
    const key = { 'idempotency-key': 'feed' };
    const first = await desk.call('POST', path, { schedule: temporary }, key);
    const again = await desk.call('POST', path, { schedule: temporary }, key);
    const { url, ...rest } = first.json<Made>();
    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual(rest);
    const all: object[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await desk.call('GET', `${path}?limit=1${next === '' ? '' : `&cursor=${next}`}`);
      expect(page.statusCode, page.body).toBe(200);
      const answer: { data: object[]; next: string | null } = page.json();
      all.push(...answer.data);
      next = answer.next;
    }
    expect(all).toContainEqual({ ...rest, schedule: temporary, user: null });
    expect(JSON.stringify(all)).not.toMatch(/url|hash|\.ics/);
    expect((await read(url)).statusCode).toBe(200);
    await desk.call('DELETE', `/v1/schedules/${temporary}`);
    expect((await read(url)).statusCode).toBe(404);
  });

  test('is of one schedule or one person that exist, and is made by those who work', async () => {
    const both = await desk.call('POST', path, { schedule, user: id('Ann') });
    expect(both.statusCode).toBe(400);
    expect((await desk.call('POST', path, {})).statusCode).toBe(400);
    const nobody = await desk.call('POST', path, { user: 'usr_nobody' });
    expect(nobody.json()).toMatchObject({ status: 422, errors: [{ path: 'user' }] });
    expect((await desk.call('POST', path, { schedule: 'sch_none' })).statusCode).toBe(422);
    const agent = await keyOf(desk, 'agent');
    expect((await desk.call('GET', path, undefined, agent)).statusCode).toBe(403);
    const annsKey = await keyOf(desk, 'agent', id('Ann'));
    const own = await desk.call('POST', path, { user: id('Ann') }, annsKey);
    const listed = async (user: string, key?: { authorization: string }) =>
      (await desk.call('GET', `${path}?user=${user}`, undefined, key)).json<{ status?: number; data: Made[] }>();
    const { url: _url, ...shown } = own.json<Made>();
    expect((await listed(id('Ann'), annsKey)).data).toContainEqual(shown);
    expect((await listed(id('Ann'), annsKey)).data.every((feed) => 'user' in feed && feed.user === id('Ann'))).toBe(
      true,
    );
    expect((await listed(id('Bob'), annsKey)).status).toBe(403);
    expect((await listed(id('Ann'), agent)).status).toBe(403);
    expect((await listed(id('Bob'))).data).toEqual([]);
    expect((await desk.call('POST', path, { schedule }, agent)).statusCode).toBe(201);
    expect((await desk.call('POST', path, { schedule }, await keyOf(desk, 'read-only'))).statusCode).toBe(403);
    for (const token of ['', 'x', '%00', 'a'.repeat(190)]) {
      expect((await desk.app.inject({ url: `${path}/${token}.ics` })).statusCode, token).toBeGreaterThanOrEqual(400);
    }
    expect((await desk.app.inject({ url: `${path}/${'A'.repeat(43)}.ics` })).statusCode).toBe(404);
  });
});

describe('absences from a calendar', () => {
  const soon = Math.floor(Date.now() / day) * day;
  /** A day, some days from now, as calendars write it. */
  const date = (days: number) => new Date(soon + days * day).toISOString().slice(0, 10).replaceAll('-', '');
  const event = (uid: string, from: number, to: number, ...more: string[]) =>
    [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTART;VALUE=DATE:${date(from)}`,
      `DTEND;VALUE=DATE:${date(to)}`,
      ...more,
      'END:VEVENT',
    ].join('\r\n');

  const put = (user: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    desk.app.inject({
      method: 'PUT',
      url: `/v1/users/${user}/absences/calendar`,
      headers: { ...desk.headers, 'content-type': 'text/calendar; charset=utf-8', ...headers },
      payload: body,
    });

  async function changes(user: string, ...events: string[]): Promise<unknown> {
    const answer = await put(user, ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR', ''].join('\r\n'));
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  }

  const stored = async (user: string) =>
    desk.database.db
      .select()
      .from(absences)
      .where(eq(absences.user, user))
      .orderBy(asc(absences.start), asc(absences.end));

  /** In days from now. */
  const spans = async (user: string) =>
    (await stored(user)).map(({ start, end }) => [start, end].map((at) => (at.getTime() - soon) / day));

  test('are days of the person', async () => {
    const trip = event('trip', 10, 12, 'SUMMARY:Trip');
    expect(await changes(id('Ann'), trip)).toEqual({ added: 1, removed: 0, unchanged: 0 });
    const [row] = await stored(id('Ann'));
    const midnight = row?.start.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    expect([midnight, row?.reason, row?.uid]).toEqual(['00:00:00', 'Trip', `trip/${row?.start.toISOString()}`]);
  });

  test('are replaced; what is the same stays, since when it is known, too', async () => {
    const [a, b] = [event('a', 5, 7, 'SUMMARY:Holiday'), event('b', 20, 30)];
    const byHand = { id: 'abs_hand', user: id('Bob'), start: new Date(soon + day), end: new Date(soon + 2 * day) };
    await desk.database.db.insert(absences).values(byHand);
    const far = event('far', 401, 402);
    expect(await changes(id('Bob'), a, b, far)).toEqual({ added: 2, removed: 0, unchanged: 0 });
    const before = await stored(id('Bob'));
    expect(await spans(id('Bob'))).toEqual([
      [1, 2],
      [5, 7],
      [20, 30],
    ]);
    expect(await changes(id('Bob'), event('a', 5, 7, 'SUMMARY:Sea'), b)).toEqual({
      added: 0,
      removed: 0,
      unchanged: 2,
    });
    expect(await stored(id('Bob'))).toEqual(
      before.map((row) => (row.reason === null ? row : { ...row, reason: 'Sea' })),
    );

    expect(await changes(id('Bob'), event('a', 6, 7), b)).toEqual({ added: 1, removed: 1, unchanged: 1 });
    expect(await changes(id('Bob'))).toEqual({ added: 0, removed: 2, unchanged: 0 });
    expect((await stored(id('Bob'))).map((row) => row.id)).toEqual(['abs_hand']);
  });

  test('become longer and shorter without forgetting how long the rest is known', async () => {
    expect(await changes(id('Rob'), event('a', -3, 5))).toEqual({ added: 1, removed: 0, unchanged: 0 });
    const [first] = await stored(id('Rob'));
    expect(await changes(id('Rob'), event('a', -3, 9))).toEqual({ added: 1, removed: 1, unchanged: 0 });
    expect(await changes(id('Rob'), event('a', -3, 9))).toEqual({ added: 0, removed: 0, unchanged: 1 });
    const [same, rest] = await stored(id('Rob'));
    expect(same).toEqual(first);
    expect(rest?.createdAt.getTime()).toBeGreaterThan(first?.createdAt.getTime() ?? Infinity);
    expect(await spans(id('Rob'))).toEqual([
      [-3, 5],
      [5, 9],
    ]);
    expect(await changes(id('Rob'), event('a', -3, 4))).toEqual({ added: 1, removed: 1, unchanged: 0 });
    expect(await stored(id('Rob'))).toEqual([{ ...first, end: new Date(soon + 4 * day) }]);

    // What has passed moved turns: it stays.
    expect(await changes(id('Rob'))).toEqual({ added: 0, removed: 1, unchanged: 0 });
    const [past] = await stored(id('Rob'));
    expect(past).toMatchObject({ id: first?.id, start: first?.start, createdAt: first?.createdAt });
    expect(Math.abs((past?.end.getTime() ?? 0) - Date.now())).toBeLessThan(30_000);
    expect(await changes(id('Rob'))).toEqual({ added: 0, removed: 0, unchanged: 0 });
  });

  test('are known to the directory at once', async () => {
    await changes(id('Ann'), event('now', -1, 2));
    expect(desk.directory.isAway(id('Ann'), Date.now())).toBe(true);
  });

  test('are refused as a whole where something is wrong', async () => {
    const before = await stored(id('Ann'));
    const calendar = `BEGIN:VCALENDAR\n${event('x', 1, 2)}\nEND:VCALENDAR`;
    const cases: [string | Buffer, number, Record<string, string>?][] = [
      ['', 422],
      ['hello', 422],
      [calendar.slice(0, -5), 422],
      [calendar.replace('UID:x', 'UID:\0'), 400],
      [Buffer.from([0xff, 0xfe]), 400],
      [`${calendar}${' '.repeat(1024 * 1024)}`, 413],
      ['{}', 415, { 'content-type': 'application/json' }],
      [calendar, 403, await keyOf(desk, 'read-only')],
      [calendar, 401, { authorization: '' }],
    ];
    for (const [body, status, headers] of cases) {
      const answer = await put(id('Ann'), body, headers);
      expect(answer.statusCode, answer.body).toBe(status);
    }
    expect((await put('usr_nobody', calendar)).statusCode).toBe(404);
    const wrongType = await put(id('Ann'), '{}', { 'content-type': 'application/json' });
    expect(wrongType.json<{ detail: string }>().detail).toBe('Send the body as text/calendar.');
    expect(await stored(id('Ann'))).toEqual(before);
  });
});
