import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findMentions } from '../../db/mentions.ts';
import { recordBatches } from '../../db/record.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { newTicket } from '../domain/ticket-fixtures.ts';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

interface Mentions {
  readonly data: readonly { readonly id: string; readonly excerpt: string; readonly readAt: string | null }[];
  readonly unread: number;
  readonly next: string | null;
}

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
  // The search has begun, and so finds what is written from now on.
  await vi.waitFor(async () => {
    const { rows } = await desk.database.pool.query('select 1 from mention_progress');
    if (rows.length !== 1) throw new Error('the search for mentions has not begun');
  }, 20_000);
});
afterAll(() => desk.close());

let made = 0;

/** What an agent wrote on a ticket of its own, as its workflow has it recorded. */
async function record(author: string, body: string, more: object = {}): Promise<string> {
  const ticket = `T00000000${String(++made).padStart(3, '0')}`;
  const row = { ...rowOf(newTicket()), id: ticket, subject: `Number ${made}` };
  const id = `M${made}`;
  const data = { message: id, author: 'agent', public: false, automatic: false, attachments: 0, ...more };
  const message = {
    ...{ id, ticket, author: 'agent' as const, authorId: author, public: false, automatic: false },
    ...{ body, attachments: [], createdAt: row.createdAt },
  };
  const base = { at: row.createdAt, actor: system, cause: 'test', data: {} };
  await recordBatches(desk.database.pool, [
    {
      stream: `ticket/${ticket}`,
      ticket,
      events: [
        { ...base, seq: 1, type: 'ticket.created', changes: { ticket: row } },
        {
          ...{ ...base, seq: 2, type: 'message.added', data, changes: { message } },
          actor: { type: 'user', id: author },
        },
      ],
    },
  ]);
  return ticket;
}

async function mentionsOf(browser: Visitor, query = ''): Promise<Mentions> {
  const answer = await browser.call('GET', `/v1/mentions${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Mentions>();
}

const unread = (browser: Visitor, count: number) =>
  vi.waitFor(async () => expect((await mentionsOf(browser)).unread).toBe(count), 20_000);

test('whoever is named in a note finds it, until it is read', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const { person: author, browser: writer } = await signedIn(desk, 'trainee');
  const name = (await desk.call('GET', `/v1/users/${person.id}`)).json<{ name: string }>().name;
  const first = await record(author.id, `Is that right, @${name.toUpperCase()}?`);
  const second = await record(author.id, `And this, @${name}: ${'x'.repeat(1000)}`);
  await unread(browser, 2);
  const { data } = await mentionsOf(browser);
  expect(data).toMatchObject([
    { ticket: second, subject: `Number ${made}`, author: author.id, readAt: null },
    { ticket: first, reference: `T000-0000-0${first.slice(-3)}`, excerpt: `Is that right, @${name.toUpperCase()}?` },
  ]);
  expect(data[0]?.excerpt).toHaveLength(300);
  expect((await mentionsOf(writer)).data).toEqual([]);

  const one = await browser.call('POST', '/v1/mentions/read', { ticket: first });
  expect(one.json()).toEqual({ unread: 1 });
  expect((await mentionsOf(browser, '?unread=true')).data).toMatchObject([{ ticket: second }]);
  expect((await mentionsOf(browser)).data).toHaveLength(2);
  // Nobody reads for somebody else.
  await writer.call('POST', '/v1/mentions/read', { mentions: [data[0]?.id] });
  await unread(browser, 1);
  expect((await browser.call('POST', '/v1/mentions/read', {})).json()).toEqual({ unread: 0 });
});

test('what customers read, what is automatic, and what one says of oneself names nobody', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const { name } = (await desk.call('GET', `/v1/users/${person.id}`)).json<{ name: string }>();
  await record('usr_1', `@${name}`, { public: true });
  await record('usr_1', `@${name}`, { automatic: true });
  await record('usr_1', `@${name}`, { author: 'customer' });
  await record(person.id, `@${name}`);
  await record('usr_1', `@${name} at last`);
  await unread(browser, 1);
  expect((await mentionsOf(browser)).data).toMatchObject([{ excerpt: `@${name} at last` }]);
});

test('several APIs that search find each mention once, in pages of any size', async () => {
  const { browser, person } = await signedIn(desk, 'agent');
  const { name } = (await desk.call('GET', `/v1/users/${person.id}`)).json<{ name: string }>();
  const written = await Promise.all(Array.from({ length: 12 }, (_, i) => record('usr_1', `${i} @${name}`)));
  const people = (): { id: string; name: string }[] => [{ id: person.id, name }];
  await Promise.all(Array.from({ length: 4 }, () => findMentions(desk.database, people)));
  await unread(browser, 12);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page = await mentionsOf(browser, `?limit=5${next === '' ? '' : `&cursor=${next}`}`);
    seen.push(...page.data.map(({ excerpt }) => excerpt));
    ({ next } = page);
  }
  expect(seen.toSorted()).toEqual(written.map((_, i) => `${i} @${name}`).toSorted());
});

test('an API key that is nobody’s has no mentions', async () => {
  expect((await desk.call('GET', '/v1/mentions')).statusCode).toBe(403);
  const { person } = await signedIn(desk, 'agent');
  expect((await desk.call('GET', '/v1/mentions', undefined, await keyOf(desk, 'agent', person.id))).statusCode).toBe(
    200,
  );
  expect((await desk.call('GET', '/v1/mentions', undefined, await keyOf(desk, 'intake'))).statusCode).toBe(403);
});
