import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { newPerson, signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

interface Event {
  readonly id: number;
  readonly at: string;
  readonly actor: { readonly type: string; readonly id: string; readonly name: string; readonly via: string | null };
  readonly items: readonly {
    readonly action: string;
    readonly resource: string;
    readonly id: string;
    readonly name: string | null;
    readonly changes: readonly { readonly field: string; readonly from?: unknown; readonly to?: unknown }[];
  }[];
}

async function trail(query = ''): Promise<Event[]> {
  const answer = await desk.call('GET', `/v1/audit-events?limit=100${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ data: Event[] }>().data;
}

describe('the trail', () => {
  test('says who changed what, and from what to what', async () => {
    const { person: boss, browser } = await signedIn(desk, 'manager');
    const { id } = await newPerson(desk, 'trainee');
    const contacts = [{ type: 'mail', address: 'sam@example.com' }];
    expect((await browser.call('PATCH', `/v1/users/${id}`, { role: 'agent', contacts })).statusCode).toBe(200);
    const [event] = await trail(`&resourceId=${id}`);
    expect(event?.actor).toMatchObject({ type: 'user', id: boss.id, via: null });
    expect(event?.items).toMatchObject([
      {
        action: 'changed',
        resource: 'users',
        changes: [
          { field: 'role', from: 'trainee', to: 'agent' },
          { field: 'contacts', from: [], to: contacts },
        ],
      },
    ]);
  });

  test('tells a person who acts through a key from a key that is nobody’s', async () => {
    const { id: user } = await newPerson(desk, 'manager');
    const made = await desk.call('POST', '/v1/api-keys', { name: 'Mine', role: 'manager', user });
    const { id: via, key } = made.json<{ id: string; key: string }>();
    await desk.call('POST', '/v1/teams', { name: 'By a person' }, { authorization: `Bearer ${key}` });
    await desk.call('POST', '/v1/teams', { name: 'By a key' }, await keyOf(desk, 'manager'));
    const [byKey, byPerson] = await trail('&resource=teams');
    expect(byPerson?.actor).toMatchObject({ type: 'user', id: user, via });
    expect(byKey?.actor).toMatchObject({ type: 'key', name: 'manager', via: null });
  });

  test('is silent where nothing changed, also for a request that is repeated', async () => {
    const add = () => desk.call('POST', '/v1/teams', { name: 'Once' }, { 'idempotency-key': 'once' });
    const { id } = (await add()).json<{ id: string }>();
    expect((await add()).headers['idempotency-replayed']).toBe('true');
    expect((await desk.call('PATCH', `/v1/teams/${id}`, { name: 'Once' })).statusCode).toBe(200);
    expect(await trail(`&resourceId=${id}`)).toHaveLength(1);
  });

  test('is not of what is somebody’s own, until it is everybody’s', async () => {
    const { browser } = await signedIn(desk, 'manager');
    const made = await browser.call('POST', '/v1/views', { name: 'Mine', filters: {} });
    const { id } = made.json<{ id: string }>();
    await browser.call('PATCH', `/v1/views/${id}`, { name: 'Still mine' });
    expect(await trail(`&resourceId=${id}`)).toEqual([]);
    await browser.call('PATCH', `/v1/views/${id}`, { shared: true });
    await browser.call('PATCH', `/v1/views/${id}`, { shared: false });
    await browser.call('DELETE', `/v1/views/${id}`);
    const actions = (await trail(`&resourceId=${id}`)).map(({ items }) => items[0]?.action);
    expect(actions).toEqual(['deleted', 'created']);
  });

  test('shows that a key of an integration was changed, and not the key', async () => {
    const key = 'e93facc04764012d7bfb002500d5d1a6';
    const { id } = await newPerson(desk, 'agent', { contacts: [{ type: 'pagerduty', address: key }] });
    await desk.call('PATCH', `/v1/users/${id}`, { contacts: [{ type: 'pagerduty', address: `${key}0` }] });
    const events = await trail(`&resourceId=${id}`);
    expect(events.map(({ items }) => items[0]?.changes.some(({ field }) => field === 'contacts'))).toEqual([
      true,
      true,
    ]);
    expect(JSON.stringify(events)).not.toContain(key);
  });

  test('is added to, and nothing else', async () => {
    await trail();
    for (const statement of ['update audit_events set at = now()', 'delete from audit_events', 'truncate audit_events'])
      await expect(desk.database.pool.query(statement), statement).rejects.toThrow('only added to');
  });
});

describe('GET /v1/audit-events', () => {
  test('comes in pages, the latest first, each event once', async () => {
    const whole = (await trail()).map(({ id }) => id);
    expect(whole).toEqual(whole.toSorted((a, b) => b - a));
    const pages: number[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`;
      const page = (await desk.call('GET', `/v1/audit-events?limit=3${cursor}`)).json<{
        data: Event[];
        next: string | null;
      }>();
      pages.push(...page.data.map(({ id }) => id));
      ({ next } = page);
    } while (next !== null);
    expect(pages).toEqual(whole);
    expect((await desk.call('GET', '/v1/audit-events?cursor=bm9uc2Vuc2U')).statusCode).toBe(400);
  });

  test('is filtered by who, by what and by when, and by all at once', async () => {
    const { person, browser } = await signedIn(desk, 'manager');
    const team = (await browser.call('POST', '/v1/teams', { name: 'Filtered' })).json<{ id: string }>();
    await browser.call('PATCH', `/v1/teams/${team.id}`, { name: 'Filtered more' });
    const all = await trail();
    const { at = '' } = (await trail(`&actor=${person.id}&resource=teams`)).at(-1) ?? {};
    const cases: [query: string, fits: (event: Event) => boolean][] = [
      [`&actor=${person.id}`, ({ actor }) => actor.id === person.id],
      ['&resource=sign-in', ({ items }) => items.some(({ resource }) => resource === 'sign-in')],
      [`&resourceId=${team.id}`, ({ items }) => items.some(({ id }) => id === team.id)],
      [`&from=${at}`, (event) => Date.parse(event.at) >= Date.parse(at)],
      [`&until=${at}`, (event) => Date.parse(event.at) < Date.parse(at)],
      [
        `&actor=${person.id}&resource=teams&from=${at}`,
        ({ actor, items, ...event }) =>
          actor.id === person.id &&
          items.some(({ resource }) => resource === 'teams') &&
          Date.parse(event.at) >= Date.parse(at),
      ],
      ['&actor=usr_gone', () => false],
    ];
    for (const [query, fits] of cases) expect(await trail(query), query).toEqual(all.filter(fits));
    expect(await trail(`&actor=${person.id}&resource=teams`)).toHaveLength(2);
  });

  test('is for who may configure', async () => {
    const answers = await Promise.all(
      ['admin', 'manager', 'agent', 'intake', 'read-only'].map(
        async (role) =>
          (await desk.call('GET', '/v1/audit-events', undefined, await keyOf(desk, role))).statusCode === 200,
      ),
    );
    expect(answers).toEqual([true, true, false, false, false]);
  });
});
