import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
let [ann, bob, rob] = ['', '', ''];
const day = 24 * 60 * 60 * 1000;
/** The Monday after next at midnight UTC: absences and swaps are of times to come. */
const monday = Math.ceil((Date.now() + 7 * day - 4 * day) / (7 * day)) * 7 * day + 4 * day;
const at = (days: number, hours = 0) =>
  new Date(monday + days * day + hours * 3_600_000).toISOString().replace('.000', '');

beforeAll(async () => {
  desk = await startDeskApp();
  const add = async (name: string) => {
    const email = `${name.toLowerCase()}@example.com`;
    return (await desk.call('POST', '/v1/users', { name, email, role: 'agent' })).json<{ id: string }>().id;
  };
  [ann, bob, rob] = [await add('Ann'), await add('Bob'), await add('Rob')];
});
afterAll(() => desk.close());

let count = 0;
async function schedule(more: object = {}): Promise<string> {
  const rotation = { type: 'daily', shiftLength: 1, start: at(0) };
  const layers = [{ rotation, participants: [ann, bob], ...more }];
  const answer = await desk.call('POST', '/v1/schedules', { name: `Schedule ${++count}`, timeZone: 'UTC', layers });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

async function onCall(id: string, instant: string): Promise<{ responsible: string[]; shadows: string[] }> {
  return (await desk.call('GET', `/v1/schedules/${id}/on-call?at=${instant}`)).json();
}

describe('an absence', () => {
  test('says which shifts lack a person until somebody covers them', async () => {
    const id = await schedule();
    const away = await desk.call('POST', '/v1/absences', { user: ann, start: at(0, 12), end: at(3), reason: 'leave' });
    expect(away.statusCode, away.body).toBe(201);
    const uncovered = (answer: { json: <T>() => T }) =>
      answer.json<{ uncovered: { schedule: string }[] }>().uncovered.filter((u) => u.schedule === id);
    expect(uncovered(away)).toEqual([
      { schedule: id, start: at(0, 12), end: at(1) },
      { schedule: id, start: at(2), end: at(3) },
    ]);
    const cover = { start: at(0, 12), end: at(1), user: bob, replaces: ann };
    await desk.call('POST', `/v1/schedules/${id}/overrides`, cover);
    const path = `/v1/absences/${away.json<{ id: string }>().id}`;
    expect(uncovered(await desk.call('GET', path))).toEqual([{ schedule: id, start: at(2), end: at(3) }]);
    const listed = await desk.call('GET', `/v1/absences?user=${ann}`);
    expect(listed.json<{ data: object[] }>().data).toHaveLength(1);
    expect((await desk.call('DELETE', path)).statusCode).toBe(204);
    expect((await desk.call('GET', path)).statusCode).toBe(404);
  });

  test('lets a fair layer look for somebody else', async () => {
    const id = await schedule({ fair: true });
    expect((await onCall(id, at(0, 1))).responsible).toEqual([ann]);
    const away = await desk.call('POST', '/v1/absences', { user: ann, start: at(0), end: at(1) });
    expect(away.json<{ uncovered: { schedule: string }[] }>().uncovered.map((u) => u.schedule)).toContain(id);
    expect((await onCall(id, at(0, 1))).responsible).toEqual([bob]);
    await desk.call('DELETE', `/v1/absences/${away.json<{ id: string }>().id}`);
  });

  test('needs an end after its start, and somebody who is there', async () => {
    const empty = await desk.call('POST', '/v1/absences', { user: ann, start: at(1), end: at(1) });
    expect(empty.json()).toMatchObject({ status: 422, errors: [{ path: 'end' }] });
    const stranger = await desk.call('POST', '/v1/absences', { user: 'usr_x', start: at(1), end: at(2) });
    expect(stranger.json()).toMatchObject({ status: 422, errors: [{ path: 'user' }] });
  });
});

describe('a swap', () => {
  const given = { start: at(0), end: at(1, 12) };
  const taken = { start: at(1), end: at(2) };

  test('is two overrides of the people’s own turns once it is accepted, by those who may', async () => {
    const id = await schedule();
    const path = `/v1/schedules/${id}/swaps`;
    const [annsKey, bobsKey] = [await keyOf(desk, 'agent', ann), await keyOf(desk, 'agent', bob)];
    const asked = await desk.call('POST', path, { asker: ann, asked: bob, given, taken }, annsKey);
    expect(asked.statusCode, asked.body).toBe(201);
    const swap = `${path}/${asked.json<{ id: string }>().id}`;
    expect((await desk.call('POST', `${swap}/accept`, {}, annsKey)).statusCode).toBe(403);
    const accepted = await desk.call('POST', `${swap}/accept`, {}, bobsKey);
    expect(accepted.json()).toMatchObject({ status: 'accepted', given, taken });
    expect((await onCall(id, at(0, 1))).responsible).toEqual([bob]);
    expect((await onCall(id, at(1, 1))).responsible).toEqual([ann]);
    expect((await onCall(id, at(2, 1))).responsible).toEqual([ann]);
    expect((await desk.call('POST', `${swap}/accept`, {}, bobsKey)).statusCode).toBe(200);
    expect((await desk.call('POST', `${swap}/decline`, {}, bobsKey)).statusCode).toBe(409);
    const overrides = await desk.call('GET', `/v1/schedules/${id}/overrides`);
    expect(overrides.json<{ data: object[] }>().data).toMatchObject([
      { start: at(0), end: at(1), user: bob, replaces: ann },
      { start: at(1), end: at(2), user: ann, replaces: bob },
    ]);
  });

  test('changes nothing where it is declined or withdrawn', async () => {
    const id = await schedule();
    const path = `/v1/schedules/${id}/swaps`;
    for (const [verb, status] of [
      ['decline', 'declined'],
      ['withdraw', 'withdrawn'],
    ] as const) {
      const asked = await desk.call('POST', path, { asker: ann, asked: bob, given });
      const answer = await desk.call('POST', `${path}/${asked.json<{ id: string }>().id}/${verb}`);
      expect(answer.json()).toMatchObject({ status });
    }
    expect((await desk.call('GET', path)).json<{ data: object[] }>().data).toHaveLength(2);
    expect((await onCall(id, at(0, 1))).responsible).toEqual([ann]);
  });

  test('is refused where there is nothing to give, or to take', async () => {
    const id = await schedule();
    const ask = (body: object) => desk.call('POST', `/v1/schedules/${id}/swaps`, body);
    expect((await ask({ asker: rob, asked: bob, given })).json()).toMatchObject({
      status: 422,
      errors: [{ path: 'given' }],
    });
    const nothing = await ask({ asker: ann, asked: rob, given, taken });
    expect(nothing.json()).toMatchObject({ status: 422, errors: [{ path: 'taken' }] });
    expect((await ask({ asker: ann, asked: ann, given })).statusCode).toBe(422);
    const lapsed = await ask({ asker: ann, asked: bob, given });
    await desk.call('PATCH', `/v1/schedules/${id}`, {
      layers: [{ rotation: { type: 'daily', shiftLength: 1, start: at(0) }, participants: [rob] }],
    });
    const late = await desk.call('POST', `/v1/schedules/${id}/swaps/${lapsed.json<{ id: string }>().id}/accept`);
    expect(late.statusCode).toBe(409);
  });
});

describe('a training', () => {
  test('shadows for its weeks, and then has turns by itself', async () => {
    const id = await schedule();
    const made = await desk.call('POST', '/v1/trainings', {
      schedule: id,
      layer: 0,
      user: rob,
      start: at(0),
      weeks: 1,
    });
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ end: at(7), promotedAt: at(7) });
    expect(await onCall(id, at(6, 1))).toMatchObject({ responsible: [ann], shadows: [rob] });
    // Seven turns have gone to two people: the eighth is the second's, and then it is the trainee's.
    expect(await onCall(id, at(7, 1))).toMatchObject({ responsible: [bob], shadows: [] });
    expect(await onCall(id, at(8, 1))).toMatchObject({ responsible: [rob], shadows: [] });
    expect(await onCall(id, at(9, 1))).toMatchObject({ responsible: [ann], shadows: [] });
    expect((await desk.call('DELETE', `/v1/trainings/${made.json<{ id: string }>().id}`)).statusCode).toBe(204);
    expect(await onCall(id, at(8, 1))).toMatchObject({ responsible: [ann], shadows: [] });
  });

  test('that a manager has to confirm goes on until then', async () => {
    const id = await schedule();
    const start = new Date(Date.now() - 14 * day).toISOString();
    const body = { schedule: id, layer: 0, user: rob, start, weeks: 1, needsConfirmation: true };
    const made = await desk.call('POST', '/v1/trainings', body);
    expect(made.json()).toMatchObject({ promotedAt: null });
    expect(await onCall(id, at(2, 1))).toMatchObject({ shadows: [rob] });
    const path = `/v1/trainings/${made.json<{ id: string }>().id}/confirm`;
    expect((await desk.call('POST', path, {}, await keyOf(desk, 'agent', ann))).statusCode).toBe(403);
    const confirmed = await desk.call('POST', path);
    expect(Date.parse(confirmed.json<{ promotedAt: string }>().promotedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(await onCall(id, at(2, 1))).toMatchObject({ responsible: [rob], shadows: [] });
    expect((await desk.call('POST', path)).json()).toEqual(confirmed.json());
  });

  test('is of a layer that is there', async () => {
    const id = await schedule();
    const answer = await desk.call('POST', '/v1/trainings', {
      schedule: id,
      layer: 1,
      user: rob,
      start: at(0),
      weeks: 1,
    });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'layer' }] });
  });
});
