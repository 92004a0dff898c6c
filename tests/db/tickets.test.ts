import { beforeEach, expect, test } from 'vitest';
import { InvalidCursor } from '../../db/cursor.ts';
import { recordBatches } from '../../db/record.ts';
import {
  currentAssignment,
  getTicket,
  listTickets,
  openTicketsUnder,
  type TicketFilter,
  type TicketSort,
} from '../../db/tickets.ts';
import type { EventBatch, TicketRow } from '../../domain/events.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { priorities, statuses, system, type Status } from '../../domain/ticket.ts';
import { hour, newTicket, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();

const template = rowOf(newTicket());

/** Thirty tickets that differ in everything that lists look at; some share an instant. */
const rows: readonly TicketRow[] = Array.from({ length: 30 }, (_, i) => ({
  ...template,
  id: `T${String((i * 7) % 30).padStart(2, '0')}`,
  status: statuses[i % statuses.length] as Status,
  priority: priorities[i % 4] ?? 'normal',
  level: ((i % 3) + 1) as 1 | 2 | 3,
  channel: i % 2 === 0 ? 'email' : 'chat',
  team: i % 5 === 0 ? null : `team_${i % 3}`,
  assignee: i % 4 === 0 ? null : `usr_${i % 4}`,
  requester: { email: `Kim${i % 6}@Example.com`, name: 'Kim' },
  tags: i % 3 === 0 ? ['printer', `it's "odd" \\ ${i}`] : [],
  slaPolicy: i % 2 === 0 ? 'sla_default' : 'sla_gold',
  createdAt: start + Math.floor(i / 3) * hour,
  updatedAt: start + ((i * 11) % 30) * hour,
  nextDueAt: i % 4 === 1 ? null : start + ((i * 13) % 7) * hour,
}));

function batchOf(row: TicketRow): EventBatch {
  const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
  return { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes: { ticket: row } }] };
}

beforeEach(() => recordBatches(desk.database.pool, rows.map(batchOf)));

/** Walks through all pages. */
async function list(filter: Omit<TicketFilter, 'limit' | 'cursor'>, limit = 4): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listTickets(desk.database.db, { ...filter, limit, ...(cursor !== undefined && { cursor }) });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

const all = { status: statuses };
const never = Number.POSITIVE_INFINITY;
const places: Record<TicketSort['by'], (row: TicketRow) => (number | string)[]> = {
  nextDue: (row) => [row.nextDueAt ?? never, row.id],
  createdAt: (row) => [row.createdAt, row.id],
  updatedAt: (row) => [row.updatedAt, row.id],
  priority: (row) => [-priorities.indexOf(row.priority), row.nextDueAt ?? never, row.id],
};

function sorted(by: TicketSort['by'], backward: boolean): string[] {
  const compare = (a: TicketRow, b: TicketRow): number => {
    const [left, right] = [places[by](a), places[by](b)];
    const i = left.findIndex((key, k) => key !== right[k]);
    return (left[i] ?? 0) < (right[i] ?? 0) ? -1 : 1;
  };
  const ids = rows.toSorted(compare).map(({ id }) => id);
  return backward ? ids.toReversed() : ids;
}

test.each(['nextDue', 'createdAt', 'updatedAt'] as const)(
  'pages by %s hold every ticket once, both ways',
  async (by) => {
    expect(await list({ ...all, sort: { by, descending: false } })).toEqual(sorted(by, false));
    expect(await list({ ...all, sort: { by, descending: true } }, 7)).toEqual(sorted(by, true));
  },
);

test('pages by priority go down from what is urgent and due first', async () => {
  expect(await list({ ...all, sort: { by: 'priority', descending: true } })).toEqual(sorted('priority', false));
  expect(await list({ ...all, sort: { by: 'priority', descending: false } })).toEqual(sorted('priority', true));
});

const where = (test: (row: TicketRow) => boolean): string[] =>
  sorted('nextDue', false).filter((id) => test(rows.find((row) => row.id === id) as TicketRow));
const isOpen = (row: TicketRow): boolean => row.status !== 'solved' && row.status !== 'closed';

test.each<[string, Omit<TicketFilter, 'limit'>, (row: TicketRow) => boolean]>([
  ['what is unsettled, unless a state is asked for', {}, isOpen],
  ['states', { status: ['new', 'closed'] }, (row) => row.status === 'new' || row.status === 'closed'],
  ['an open state', { status: ['pending'] }, (row) => row.status === 'pending'],
  ['an assignee', { ...all, assignee: 'usr_2' }, (row) => row.assignee === 'usr_2'],
  ['no assignee', { assignee: 'none' }, (row) => isOpen(row) && row.assignee === null],
  ['a team', { team: 'team_1' }, (row) => isOpen(row) && row.team === 'team_1'],
  ['no team', { ...all, team: 'none' }, (row) => row.team === null],
  ['priorities', { ...all, priority: ['urgent', 'low'] }, (row) => ['urgent', 'low'].includes(row.priority)],
  ['a channel and a level', { ...all, channel: 'chat', level: 2 }, (row) => row.channel === 'chat' && row.level === 2],
  [
    'a requester, in any case',
    { ...all, requester: 'KIM3@example.COM' },
    (row) => row.requester.email.startsWith('Kim3'),
  ],
  [
    'what is due before an instant',
    { dueBefore: start + 3 * hour },
    (row) => isOpen(row) && (row.nextDueAt ?? never) < start + 3 * hour,
  ],
  [
    'when they were handed in, from an instant up to another',
    { ...all, createdAfter: start + 2 * hour, createdBefore: start + 4 * hour },
    (row) => row.createdAt >= start + 2 * hour && row.createdAt < start + 4 * hour,
  ],
  ['a tag', { ...all, tag: 'printer' }, (row) => row.tags.includes('printer')],
  ['an odd tag', { ...all, tag: `it's "odd" \\ 12` }, (row) => row.tags.includes(`it's "odd" \\ 12`)],
  ['a part of a tag, which is none', { ...all, tag: 'print' }, () => false],
])('lists by %s', async (_, filter, isListed) => {
  const expected = where(isListed);
  expect(await list(filter)).toEqual(expected);
  expect(expected.length).toBeLessThan(rows.length);
});

test('a cursor is bound to its order, and nothing else is taken for one', async () => {
  const page = await listTickets(desk.database.db, { ...all, limit: 5 });
  const cursor = page.next ?? '';
  const orders = [
    { by: 'nextDue', descending: true },
    { by: 'createdAt', descending: false },
  ] as const;
  for (const sort of orders) {
    await expect(listTickets(desk.database.db, { ...all, limit: 5, sort, cursor })).rejects.toBeInstanceOf(
      InvalidCursor,
    );
  }
  const list = 'tickets nextDue up';
  const forged = [
    [list],
    [list, 'now', 'T1'],
    [list, 'infinity', 1],
    [list, 'infinity', 'a\0'],
    [list, 'infinity', 'a', 'b'],
    {},
    null,
  ];
  const texts = ['', 'x', ...forged.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))];
  for (const text of texts) {
    await expect(listTickets(desk.database.db, { limit: 5, cursor: text })).rejects.toBeInstanceOf(InvalidCursor);
  }
});

test('a single ticket is found by its id, whole', async () => {
  const row = rows[4] as TicketRow;
  expect(await getTicket(desk.database.db, row.id)).toEqual(row);
  expect(await getTicket(desk.database.db, 'NONE')).toBeUndefined();
  expect(await currentAssignment(desk.database.db, row.id)).toEqual({ assignee: row.assignee, team: row.team });
  expect(await currentAssignment(desk.database.db, 'NONE')).toBeUndefined();
});

test('tickets under a policy that are not closed come in portions', async () => {
  const { db } = desk.database;
  const first = await openTicketsUnder(db, 'sla_gold', '', 4);
  const rest = await openTicketsUnder(db, 'sla_gold', first.at(-1) ?? '', 100);
  const expected = rows.filter((row) => row.slaPolicy === 'sla_gold' && row.status !== 'closed').map(({ id }) => id);
  expect([...first, ...rest]).toEqual(expected.toSorted());
  expect(first).toHaveLength(4);
});
