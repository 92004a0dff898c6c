import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { tellPresence } from '../../db/presence.ts';
import { recordBatches } from '../../db/record.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { newTicket } from '../domain/ticket-fixtures.ts';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

interface Told {
  readonly type: string;
  readonly ticket: string;
  readonly people: readonly { readonly user: string; readonly state: string }[];
}

let one: DeskApp;
let other: DeskApp;
let url: string;
beforeAll(async () => {
  one = await startDeskApp();
  other = await startDeskApp({}, { databaseUrl: () => one.databaseUrl });
  await other.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(other.app.server.address() as AddressInfo).port}/v1/stream`;
});
afterAll(async () => {
  await other.close();
  await one.close();
});

let made = 0;

async function ticket(): Promise<string> {
  const row = { ...rowOf(newTicket()), id: `T00000000${String(++made).padStart(3, '0')}` };
  const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
  await recordBatches(one.database.pool, [
    { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes: { ticket: row } }] },
  ]);
  return row.id;
}

/** What the other API tells of a ticket from now on, as it comes. */
async function listen(id: string, query = '&live=true'): Promise<AsyncGenerator<Told, undefined>> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const headers = await keyOf(one, 'read-only');
  const answer = await fetch(`${url}?ticket=${id}${query}`, { headers, signal: abort.signal });
  expect(answer.status).toBe(200);
  return told(answer);
}

async function* told(answer: Response): AsyncGenerator<Told, undefined> {
  let text = '';
  for await (const bytes of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += bytes;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      // Nobody can come back to a moment: where to go on, an archived event says.
      if (block.startsWith('event: presence')) expect(block).not.toMatch(/^id:/m);
      yield JSON.parse(data) as Told;
    }
  }
}

/**
 * What is told next of a type. What was recorded a moment before a stream opens may come first, as long as an older
 * transaction of anybody on the server is under way.
 */
async function nextOf(type: string, events: AsyncGenerator<Told, undefined>): Promise<Told> {
  for (;;) {
    const { value } = await events.next();
    if (value === undefined) throw new Error('The stream has ended.');
    if (value.type === type) return value;
    expect(value.type).toBe('ticket.created');
  }
}

const next = async (events: AsyncGenerator<Told, undefined>): Promise<Told['people']> =>
  (await nextOf('presence', events)).people;

/** Somebody who is there as long as the test may take, however slow the machine is. */
const stay = (user: string, ticket: string, state: 'viewing' | 'typing') =>
  tellPresence(one.database.pool, { ticket, user, window: 'only', state }, 600_000);

const there = (browser: Visitor, id: string, state: string, window?: string) =>
  browser.call('PUT', `/v1/tickets/${id}/presence`, { state, ...(window !== undefined && { window }) });

test('who looks at a ticket, writes, and leaves is told by another API too', async () => {
  const [ann, ben] = [await signedIn(one, 'agent'), await signedIn(one, 'viewer')];
  const id = await ticket();
  expect((await there(ann.browser, id, 'viewing')).json()).toEqual({ data: [] });
  const answer = await there(ben.browser, id, 'viewing');
  expect(answer.json()).toEqual({ data: [{ user: ann.person.id, state: 'viewing' }] });
  await ben.browser.call('DELETE', `/v1/tickets/${id}/presence`);
  await stay(ann.person.id, id, 'viewing');
  const events = await listen(id);
  // Who was there before is told at the beginning.
  expect(await next(events)).toEqual([{ user: ann.person.id, state: 'viewing' }]);
  await stay(ben.person.id, id, 'viewing');
  expect(await next(events)).toHaveLength(2);
  await there(ann.browser, id, 'typing');
  expect(await next(events)).toContainEqual({ user: ann.person.id, state: 'typing' });
  await ann.browser.call('DELETE', `/v1/tickets/${id}/presence`);
  expect(await next(events)).toEqual([{ user: ben.person.id, state: 'viewing' }]);
});

test('whose browser dies is gone by itself', async () => {
  const { person } = await signedIn(one, 'agent');
  const id = await ticket();
  const where = { ticket: id, user: person.id, window: 'only', state: 'viewing' } as const;
  await tellPresence(one.database.pool, where, 3000);
  const events = await listen(id);
  expect(await next(events)).toHaveLength(1);
  expect(await next(events)).toEqual([]);
});

test('one window of a person may close while another stays', async () => {
  const { browser, person } = await signedIn(one, 'agent');
  const id = await ticket();
  await there(browser, id, 'viewing', 'first');
  await there(browser, id, 'typing', 'second');
  const events = await listen(id);
  expect(await next(events)).toEqual([{ user: person.id, state: 'typing' }]);
  await browser.call('DELETE', `/v1/tickets/${id}/presence?window=second`);
  expect(await next(events)).toEqual([{ user: person.id, state: 'viewing' }]);
});

test('moments are for who asks for them, and for people on tickets that there are', async () => {
  const { browser } = await signedIn(one, 'agent');
  const id = await ticket();
  const events = await listen(id, '');
  const first = nextOf('test.happened', events);
  await there(browser, id, 'viewing');
  const base = { at: Date.now(), actor: system, cause: 'test', data: {} };
  await recordBatches(one.database.pool, [
    { stream: `ticket/${id}`, ticket: id, events: [{ ...base, seq: 2, type: 'test.happened' }] },
  ]);
  await first;
  expect((await there(browser, '000000000000', 'viewing')).statusCode).toBe(404);
  expect((await there(browser, id, 'dancing')).json()).toMatchObject({ status: 400, errors: [{ path: 'state' }] });
  expect((await one.call('PUT', `/v1/tickets/${id}/presence`, { state: 'viewing' })).statusCode).toBe(403);
});
