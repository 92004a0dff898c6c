import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

interface View {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly position: number;
  readonly filters: object;
}

let desk: DeskApp;
let manager: Visitor;
beforeAll(async () => {
  desk = await startDeskApp();
  ({ browser: manager } = await signedIn(desk, 'manager'));
});
afterAll(() => desk.close());

async function add(browser: Visitor, body: object): Promise<View> {
  const answer = await browser.call('POST', '/v1/views', { filters: {}, ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<View>();
}

async function seenBy(browser: Visitor): Promise<readonly View[]> {
  return (await browser.call('GET', '/v1/views')).json<{ data: View[] }>().data;
}

const namesSeenBy = async (browser: Visitor): Promise<string[]> => (await seenBy(browser)).map(({ name }) => name);

test('a view is kept as it was saved, changed in part, and deleted', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const filters = {
    status: 'new,open',
    assignee: 'me',
    level: 2,
    channel: 'chat',
    tag: 'vip',
    q: '"a b"',
    due: 'PT1H',
  };
  const view = await add(browser, { name: 'Mine', filters });
  expect(view).toMatchObject({ name: 'Mine', shared: false, position: 0, filters });
  const changed = await browser.call('PATCH', `/v1/views/${view.id}`, { filters: { assignee: person.id } });
  expect(changed.json()).toMatchObject({ name: 'Mine', filters: { assignee: person.id } });
  expect((await browser.call('GET', `/v1/views/${view.id}`)).json()).toEqual(changed.json());
  expect((await browser.call('DELETE', `/v1/views/${view.id}`)).statusCode).toBe(204);
  expect((await browser.call('GET', `/v1/views/${view.id}`)).statusCode).toBe(404);
  expect((await browser.call('DELETE', `/v1/views/${view.id}`)).statusCode).toBe(404);
});

test('a request that comes twice saves one view', async () => {
  const { browser } = await signedIn(desk, 'agent');
  const key = { 'idempotency-key': 'once' };
  const body = { name: 'Once', filters: {} };
  const [first, second] = [
    await browser.call('POST', '/v1/views', body, key),
    await browser.call('POST', '/v1/views', body, key),
  ];
  expect(second.json()).toEqual(first.json());
  expect(second.headers['idempotency-replayed']).toBe('true');
});

test('a personal view is nobody else’s to see, a shared one is changed by who may configure', async () => {
  const [{ browser: ann }, { browser: ben }] = [await signedIn(desk, 'agent'), await signedIn(desk, 'viewer')];
  const mine = await add(ann, { name: 'Only Ann' });
  expect(await namesSeenBy(ben)).not.toContain('Only Ann');
  expect(await namesSeenBy(manager)).not.toContain('Only Ann');
  for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
    expect((await manager.call(method, `/v1/views/${mine.id}`, body)).statusCode).toBe(404);
  }
  // Even who only reads arranges what they read.
  await add(ben, { name: 'Only Ben' });

  expect((await ann.call('POST', '/v1/views', { name: 'All', filters: {}, shared: true })).statusCode).toBe(403);
  const shared = await add(manager, { name: 'All', shared: true });
  expect(await namesSeenBy(ben)).toEqual(['All', 'Only Ben']);
  expect((await ann.call('PATCH', `/v1/views/${shared.id}`, { name: 'x' })).statusCode).toBe(403);
  expect((await ann.call('DELETE', `/v1/views/${shared.id}`)).statusCode).toBe(403);
  expect((await ann.call('PATCH', `/v1/views/${mine.id}`, { shared: true })).statusCode).toBe(403);
  await manager.call('PATCH', `/v1/views/${shared.id}`, { shared: false });
  expect(await namesSeenBy(ben)).toEqual(['Only Ben']);
  expect(await seenBy(manager)).toMatchObject([{ id: shared.id, shared: false }]);
});

test('names are told apart among what one person sees as theirs', async () => {
  const [{ browser: ann }, { browser: ben }] = [await signedIn(desk, 'agent'), await signedIn(desk, 'agent')];
  await add(ann, { name: 'Late ones' });
  await add(ben, { name: 'Late ones' });
  const again = await ann.call('POST', '/v1/views', { name: 'LATE ones', filters: {} });
  expect(again.json()).toMatchObject({ status: 409, errors: [{ path: 'name' }] });
});

test.each([
  [{ status: 'lost' }, 'filters.status'],
  [{ status: 'new,' }, 'filters.status'],
  [{ priority: 'urgent,huge' }, 'filters.priority'],
  [{ level: 4 }, 'filters.level'],
  [{ due: 'PT2H' }, 'filters.due'],
  [{ color: 'red' }, 'filters.color'],
])('filters that the queue does not know are refused: %j', async (filters, path) => {
  const answer = await manager.call('POST', '/v1/views', { name: 'Wrong', filters });
  expect(answer.json()).toMatchObject({ status: 400, errors: [{ path }] });
});

test.each([
  [{ assignee: 'usr_nobody' }, 'filters.assignee'],
  [{ team: 'team_none' }, 'filters.team'],
])('nor people and teams that do not exist: %j', async (filters, path) => {
  const answer = await manager.call('POST', '/v1/views', { name: 'Wrong', filters });
  expect(answer.json()).toMatchObject({ status: 422, errors: [{ path }] });
});

test('an API key that is nobody’s has shared views alone', async () => {
  expect((await desk.call('POST', '/v1/views', { name: 'Own', filters: {} })).json()).toMatchObject({
    status: 422,
    errors: [{ path: 'shared' }],
  });
  const { person, browser } = await signedIn(desk, 'agent');
  const key = await keyOf(desk, 'agent', person.id);
  expect((await desk.call('POST', '/v1/views', { name: 'By my key', filters: {} }, key)).statusCode).toBe(201);
  expect(await namesSeenBy(browser)).toContain('By my key');
  expect((await desk.call('GET', '/v1/views', undefined, await keyOf(desk, 'intake'))).statusCode).toBe(403);
});

/** What is done to the views of one person, and what a list without gaps makes of it. */
const step = fc.oneof(
  fc.record({ add: fc.option(fc.nat(6), { nil: undefined }) }),
  fc.record({ move: fc.nat(9), to: fc.nat(9) }),
  fc.record({ remove: fc.nat(9) }),
);

test('views keep their order without gaps, whatever is done to them', async () => {
  const { browser } = await signedIn(desk, 'agent');
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      let wanted = (await seenBy(browser)).filter(({ shared }) => !shared).map(({ id }) => id);
      for (const one of steps) {
        if ('add' in one) {
          if (wanted.length > 8) continue;
          const at = one.add;
          const { id } = await add(browser, { name: `View ${++made}`, ...(at !== undefined && { position: at }) });
          wanted = wanted.toSpliced(at ?? wanted.length, 0, id);
        } else if ('move' in one) {
          const id = wanted[one.move];
          if (id === undefined) continue;
          await browser.call('PATCH', `/v1/views/${id}`, { position: one.to });
          wanted = wanted.filter((other) => other !== id).toSpliced(one.to, 0, id);
        } else {
          const id = wanted[one.remove];
          if (id === undefined) continue;
          await browser.call('DELETE', `/v1/views/${id}`);
          wanted = wanted.filter((other) => other !== id);
        }
      }
      const now = (await seenBy(browser)).filter(({ shared }) => !shared);
      expect(now.map(({ id }) => id)).toEqual(wanted);
      expect(now.map(({ position }) => position)).toEqual(wanted.map((_, i) => i));
    }),
    { numRuns: 25 },
  );
});

test('fifty views are as many as anybody keeps', async () => {
  const { browser } = await signedIn(desk, 'agent');
  for (let i = 0; i < 50; i++) await add(browser, { name: `Number ${i}` });
  const refused = await browser.call('POST', '/v1/views', { name: 'One more', filters: {} });
  expect(refused.json()).toMatchObject({ status: 409 });
});
