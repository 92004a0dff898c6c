import { expect, test } from 'vitest';
import { listTicketEvents } from '../../db/events.ts';
import { getIncident, listIncidents } from '../../db/incidents.ts';
import { listMessages } from '../../db/messages.ts';
import { deliveredPage, rememberPage } from '../../db/pages.ts';
import { recordBatches } from '../../db/record.ts';
import { customerMessage, hour, minute, reply, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';
import { incidentHistory, ticketHistory, type Step } from './histories.ts';

const desk = testDatabase();

type List<Row> = (page: { limit: number; cursor?: string }) => Promise<{ rows: readonly Row[]; next: string | null }>;

async function walk<Row>(list: List<Row>, limit: number): Promise<Row[]> {
  const found: Row[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ limit, ...(cursor !== undefined && { cursor }) });
    found.push(...page.rows);
    cursor = page.next;
  }
  return found;
}

const talk = (name: string, wait: number): Step[] => [
  { bare: reply(`${name}-reply`), wait },
  { bare: customerMessage(`${name}-answer`), wait },
];

test('the conversation holds what was said in merged tickets, and in those merged into them', async () => {
  const merge = (into: string): Step => ({ bare: { type: 'merge', into }, wait: hour });
  const tickets = [
    ticketHistory('A', [...talk('a', hour), ...talk('a2', hour)]),
    ticketHistory('B', [...talk('b', hour), merge('A')]),
    ticketHistory('C', [...talk('c', 30 * minute), merge('B')]),
    ticketHistory('D', talk('d', hour)),
  ];
  for (const { batches } of tickets) await recordBatches(desk.database.pool, batches);
  const messages = await walk((page) => listMessages(desk.database.db, 'A', page), 3);
  expect(messages.map(({ ticket, id }) => `${ticket} ${id}`)).toEqual([
    ...['A first', 'B first', 'C first', 'C c-reply', 'A a-reply', 'B b-reply', 'C c-answer'],
    ...['A a-answer', 'B b-answer', 'A a2-reply', 'A a2-answer'],
  ]);
  const ofB = await walk((page) => listMessages(desk.database.db, 'B', page), 100);
  expect(new Set(ofB.map(({ ticket }) => ticket))).toEqual(new Set(['B', 'C']));
  const { next } = await listMessages(desk.database.db, 'A', { limit: 1 });
  await expect(listMessages(desk.database.db, 'D', { limit: 1, cursor: next ?? '' })).rejects.toThrow(/cursor/);
});

test("a ticket's events come with those of its incidents, by when they happened", async () => {
  const all = [
    ticketHistory('A', talk('a', hour)),
    incidentHistory('A-FR1', 'A', ['step', 'resolve']),
    ticketHistory('B', []),
  ];
  for (const { batches } of all) await recordBatches(desk.database.pool, batches);
  const events = await walk((page) => listTicketEvents(desk.database.db, 'A', page), 3);
  const expected = all
    .slice(0, 2)
    .flatMap(({ stream, ticket, batches }) =>
      batches.flatMap((b) => b.events.map((event) => ({ ...event, stream, ticket }))),
    )
    .toSorted((a, b) => a.at - b.at || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.seq - b.seq))
    .map(({ changes: _, ...event }) => event);
  expect(events).toEqual(expected);
  const escalations = await walk(
    (page) => listTicketEvents(desk.database.db, 'A', { ...page, type: 'incident.escalated' }),
    1,
  );
  expect(escalations.map(({ stream, seq }) => [stream, seq])).toEqual([['incident/A-FR1', 2]]);
});

test('incidents are listed by state, ticket and responder, the latest first', async () => {
  const { db, pool } = desk.database;
  const histories = [
    incidentHistory('I1', 'A', ['step']),
    incidentHistory('I2', 'B', ['acknowledge', 'resolve']),
    incidentHistory('I3', 'A', ['reassign', 'acknowledge']),
  ];
  for (const { batches } of histories) await recordBatches(pool, batches);
  const ids = async (filter: Partial<Parameters<typeof listIncidents>[1]>): Promise<string[]> =>
    (await walk((page) => listIncidents(db, { ...page, ...filter }), 1)).map(({ id }) => id);
  expect(await ids({})).toEqual(['I3', 'I2', 'I1']);
  expect(await ids({ status: ['triggered', 'acknowledged'] })).toEqual(['I3', 'I1']);
  expect(await ids({ status: ['resolved'] })).toEqual(['I2']);
  expect(await ids({ ticket: 'A' })).toEqual(['I3', 'I1']);
  expect(await ids({ responder: 'usr_bob' })).toEqual(['I1']);
  expect(await ids({ team: 'team_1' })).toEqual([]);
  expect((await getIncident(db, 'I2'))?.incident.openedAt).toBe(start);
  expect(await getIncident(db, 'I9')).toBeUndefined();
});

test('the first answer to a page is the one that is remembered', async () => {
  const { db } = desk.database;
  expect(await deliveredPage(db, 'key')).toBeUndefined();
  await rememberPage(db, 'key', 'HTTP 202');
  await rememberPage(db, 'key', 'HTTP 500');
  expect(await deliveredPage(db, 'key')).toBe('HTTP 202');
});
