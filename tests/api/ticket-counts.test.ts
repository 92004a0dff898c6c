import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import type { EventBatch, TicketRow } from '../../domain/events.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { priorities, type Status, statuses, system } from '../../domain/ticket.ts';
import { hour, newTicket, start } from '../domain/ticket-fixtures.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

const template = rowOf(newTicket());

/** Tickets that differ in everything that can be asked for. */
const rows: readonly TicketRow[] = Array.from({ length: 120 }, (_, i) => ({
  ...template,
  id: `T${String(i).padStart(3, '0')}`,
  subject: i % 7 === 0 ? 'A flood in the archive' : 'A fire in the printer',
  status: statuses[(i * 5) % statuses.length] as Status,
  priority: priorities[i % 4] ?? 'normal',
  level: ((i % 3) + 1) as 1 | 2 | 3,
  channel: i % 2 === 0 ? 'email' : 'chat',
  team: i % 5 === 0 ? null : `team_${i % 3}`,
  assignee: i % 4 === 1 ? null : `usr_${i % 4}`,
  requester: { email: `kim${i % 6}@example.com`, name: 'Kim' },
  tags: i % 3 === 0 ? ['printer'] : [],
  nextDueAt: i % 4 === 1 ? null : start + ((i * 13) % 7) * hour,
  createdAt: start + ((i * 11) % 7) * hour,
  firstRepliedAt: i % 3 === 1 ? null : start + ((i * 17) % 7) * hour,
  solvedAt: i % 5 === 1 ? null : start + ((i * 19) % 7) * hour,
  reopenCount: i % 4 === 0 ? i % 3 : 0,
  mergedInto: i % 6 === 0 ? 'T001' : null,
}));

function batchOf(row: TicketRow): EventBatch {
  const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
  return { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes: { ticket: row } }] };
}

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
  await recordBatches(desk.database.pool, rows.map(batchOf));
});
afterAll(() => desk.close());

interface Asked {
  readonly status?: readonly Status[];
  readonly priority?: readonly string[];
  readonly assignee?: string;
  readonly team?: string;
  readonly channel?: string;
  readonly level?: number;
  readonly tag?: string;
  readonly requester?: string;
  readonly q?: string;
  readonly dueBefore?: number;
  readonly createdAfter?: number;
  readonly createdBefore?: number;
  readonly firstRepliedAfter?: number;
  readonly firstRepliedBefore?: number;
  readonly solvedAfter?: number;
  readonly solvedBefore?: number;
  readonly unsolvedAt?: number;
  readonly reopened?: boolean;
  readonly merged?: boolean;
}

/** At or after the one, before the other; what never happened is neither. */
function isWithin(at: number | null, from: number | undefined, to: number | undefined): boolean {
  if (from === undefined && to === undefined) return true;
  return at !== null && at >= (from ?? -Infinity) && at < (to ?? Infinity);
}

/** The oracle: what each condition means, of one ticket. */
function meets(row: TicketRow, asked: Asked): boolean {
  const { status = ['new', 'open', 'pending', 'on-hold'], priority, assignee, team, channel, level } = asked;
  const { tag, requester, q, dueBefore } = asked;
  return (
    status.includes(row.status) &&
    (priority === undefined || priority.includes(row.priority)) &&
    (assignee === undefined || row.assignee === (assignee === 'none' ? null : assignee)) &&
    (team === undefined || row.team === (team === 'none' ? null : team)) &&
    (channel === undefined || row.channel === channel) &&
    (level === undefined || row.level === level) &&
    (tag === undefined || row.tags.includes(tag)) &&
    (requester === undefined || row.requester.email === requester.toLowerCase()) &&
    (q === undefined || [row.subject, ...row.tags].some((text) => text.toLowerCase().includes(q))) &&
    isWithin(row.nextDueAt, undefined, dueBefore) &&
    isWithin(row.createdAt, asked.createdAfter, asked.createdBefore) &&
    isWithin(row.firstRepliedAt, asked.firstRepliedAfter, asked.firstRepliedBefore) &&
    isWithin(row.solvedAt, asked.solvedAfter, asked.solvedBefore) &&
    (asked.unsolvedAt === undefined ||
      (row.createdAt < asked.unsolvedAt && (row.solvedAt ?? Infinity) >= asked.unsolvedAt)) &&
    (asked.reopened === undefined || asked.reopened === row.reopenCount > 0) &&
    (asked.merged === undefined || asked.merged === (row.mergedInto !== null))
  );
}

const onTheHour = fc.integer({ min: 0, max: 7 }).map((hours) => start + hours * hour);

const conditions = {
  status: fc.subarray([...statuses], { minLength: 1 }),
  priority: fc.subarray([...priorities], { minLength: 1 }),
  assignee: fc.constantFrom('usr_0', 'usr_2', 'usr_9', 'none'),
  team: fc.constantFrom('team_1', 'none'),
  channel: fc.constantFrom('email', 'chat'),
  level: fc.constantFrom(1, 2, 3),
  tag: fc.constantFrom('printer', 'scanner'),
  requester: fc.constantFrom('kim3@example.com', 'KIM0@example.com'),
  q: fc.constantFrom('flood', 'fire', 'printer', 'snow'),
  dueBefore: onTheHour,
  createdAfter: onTheHour,
  createdBefore: onTheHour,
  firstRepliedAfter: onTheHour,
  firstRepliedBefore: onTheHour,
  solvedAfter: onTheHour,
  solvedBefore: onTheHour,
  unsolvedAt: onTheHour,
  reopened: fc.boolean(),
  merged: fc.boolean(),
} satisfies { [Name in keyof Asked]-?: fc.Arbitrary<Asked[Name]> };

/** Few at a time: hardly any ticket meets a lot of them. */
const asked = fc
  .tuple(fc.subarray(Object.keys(conditions) as (keyof Asked)[], { maxLength: 4 }), fc.record(conditions))
  .map(([names, all]): Asked => Object.fromEntries(names.map((name) => [name, all[name]])));

function pathOf(asked: Asked): string {
  const given = Object.entries(asked).map(([name, value]): [string, string] => [
    name,
    /(?:After|Before|At)$/.test(name) ? new Date(value as number).toISOString() : String(value),
  ]);
  return `/v1/tickets/counts?${new URLSearchParams(given).toString()}`;
}

test('counts are what going through all tickets gives, whatever is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (asked) => {
      const answer = await desk.call('GET', pathOf(asked));
      expect(answer.statusCode, answer.body).toBe(200);
      const found = rows.filter((row) => meets(row, asked));
      const byStatus = Object.fromEntries(
        statuses.map((status) => [status, found.filter((row) => row.status === status).length]),
      );
      expect(answer.json()).toEqual({ total: found.length, byStatus });
    }),
    { numRuns: 300 },
  );
});

test('a count asks for what a list asks for, and for nothing else', async () => {
  const wrong = await desk.call('GET', '/v1/tickets/counts?status=lost');
  expect(wrong.json()).toMatchObject({ status: 400, errors: [{ path: 'query.status' }] });
  expect((await desk.call('GET', '/v1/tickets/counts?limit=5')).statusCode).toBe(400);
  const leap = await desk.call('GET', '/v1/tickets/counts?createdAfter=2016-12-31T23:59:60Z');
  expect(leap.json()).toMatchObject({ status: 400, errors: [{ path: 'query.createdAfter' }] });
  const intake = await keyOf(desk, 'intake');
  expect((await desk.call('GET', '/v1/tickets/counts', undefined, intake)).statusCode).toBe(403);
  expect((await desk.call('GET', '/v1/tickets/counts', undefined, await keyOf(desk, 'read-only'))).statusCode).toBe(
    200,
  );
});
