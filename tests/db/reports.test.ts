import { beforeAll, describe, expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { agentLoad, answersToPages } from '../../db/reports/people.ts';
import { answerTimes, backlog, resolutionTimes, slaAttainment, volume } from '../../db/reports/tickets.ts';
import { type Figures, groupings, type Report, type ReportWindow } from '../../db/reports/window.ts';
import { openDatabase, type Database } from '../../db/client.ts';
import type { ArchivedEvent, EventBatch, IncidentRow, TicketRow } from '../../domain/events.ts';
import { loadOf } from '../../domain/ownership.ts';
import type { Clock, ClockName } from '../../domain/sla.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { type Message, priorities, statuses, type Status, system } from '../../domain/ticket.ts';
import { hour, newTicket, start } from '../domain/ticket-fixtures.ts';
import { freshDatabase } from '../support/servers.ts';

const day = 24 * hour;

/** The same desk in every run, in which everything differs that a report looks at. */
let state = 20_260_105;
const below = (n: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const sometimes = <T>(value: T): T | null => (below(3) === 0 ? null : value);
const oneOf = <T>(all: readonly T[]): T => all[below(all.length)] as T;

interface Life {
  readonly row: TicketRow;
  readonly clocks: readonly Clock[];
  readonly messages: readonly Message[];
  readonly reopenedAt: readonly number[];
}

const template = rowOf(newTicket());

function life(i: number): Life {
  const createdAt = start + below(40 * day);
  const id = `T${String(i).padStart(3, '0')}`;
  const status: Status = oneOf(statuses);
  const over = status === 'solved' || status === 'closed';
  const later = (from: number): number => from + below(6 * day);
  const row: TicketRow = {
    ...template,
    id,
    status,
    createdAt,
    updatedAt: start + 60 * day,
    priority: oneOf(priorities),
    channel: oneOf(['email', 'chat']),
    team: sometimes(oneOf(['team_a', 'team_b'])),
    assignee: sometimes(oneOf(['usr_ann', 'usr_bob'])),
    firstRepliedAt: sometimes(later(createdAt)),
    solvedAt: over ? later(createdAt) : null,
    reopenCount: below(3),
    mergedInto: below(12) === 0 ? 'T999' : null,
  };
  return {
    row,
    clocks: (['firstReply', 'nextReply', 'resolution'] as const).map((name) => clock(name, createdAt)),
    messages: Array.from({ length: below(4) }, (_, n) => ({
      id: `${id}-m${n}`,
      ticket: id,
      author: oneOf(['agent', 'customer'] as const),
      authorId: oneOf(['usr_ann', 'usr_bob']),
      public: below(4) > 0,
      automatic: below(5) === 0,
      body: 'Hello',
      attachments: [],
      createdAt: later(createdAt),
    })),
    reopenedAt: Array.from({ length: below(3) }, () => later(createdAt)),
  };
}

function clock(name: ClockName, createdAt: number): Clock {
  const activatedAt = createdAt + below(day);
  const endedAt = sometimes(activatedAt + below(4 * day));
  // Some breaches were carried along from an earlier cycle.
  const breachedAt = below(3) === 0 ? activatedAt + below(2 * day) - 6 * hour : null;
  const target = below(6) === 0 ? null : hour;
  const none = { cycle: 1, carried: 0, segments: [], warned: [] };
  return { ...none, name, target, targetSince: activatedAt, activatedAt, dueAt: breachedAt, breachedAt, endedAt };
}

const lives = Array.from({ length: 150 }, (_, i) => life(i));
const counted = lives.filter(({ row }) => row.mergedInto === null);

const incidents = Array.from({ length: 30 }, (_, i) => {
  const openedAt = start + below(40 * day);
  return {
    id: `I${i}`,
    openedAt,
    pages: Array.from({ length: below(4) }, () => ({
      user: oneOf(['usr_ann', 'usr_bob']),
      at: openedAt + below(hour),
    })),
    acknowledged: sometimes({ user: oneOf(['usr_ann', 'usr_cat']), at: openedAt + below(2 * hour) }),
  };
});

function batchesOf({ row, clocks, messages, reopenedAt }: Life): EventBatch {
  const told = (seq: number, type: string, at: number, changes?: ArchivedEvent['changes']): ArchivedEvent => ({
    ...{ seq, type, at, actor: system, cause: 'test', data: {} },
    ...(changes !== undefined && { changes }),
  });
  const events = [
    told(1, 'ticket.created', row.createdAt, { ticket: row, clocks }),
    ...messages.map((message, i) => told(2 + i, 'ticket.message-added', message.createdAt, { message })),
    ...reopenedAt.map((at, i) => told(2 + messages.length + i, 'ticket.reopened', at)),
  ];
  return { stream: `ticket/${row.id}`, ticket: row.id, events };
}

function incidentBatch({ id, openedAt, pages, acknowledged }: (typeof incidents)[number]): EventBatch {
  const row: IncidentRow = {
    ...{
      id,
      ticket: null,
      status: 'triggered',
      reason: 'test',
      priority: 'high',
      team: null,
      openedAt,
      dueAt: openedAt,
    },
    ...{ step: 1, round: 1, responders: [], acknowledgedAt: null, acknowledgedBy: null, snoozedUntil: null },
    resolvedAt: null,
  };
  const base = { cause: 'test', data: {} };
  const events: ArchivedEvent[] = [
    { ...base, seq: 1, type: 'incident.triggered', at: openedAt, actor: system, changes: { incident: row } },
    ...pages.map(({ user, at }, i) => ({
      ...base,
      ...{ seq: 2 + i, type: 'incident.paged', at, actor: system, data: { user } },
    })),
  ];
  if (acknowledged !== null) {
    const actor = { type: 'user', id: acknowledged.user } as ArchivedEvent['actor'];
    events.push({ ...base, seq: 9, type: 'incident.acknowledged', at: acknowledged.at, actor });
  }
  return { stream: `incident/${id}`, ticket: null, events };
}

let database: Database;
beforeAll(async () => {
  const fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  await recordBatches(database.pool, [...lives.map(batchesOf), ...incidents.map(incidentBatch)]);
  return async () => {
    await database.close();
    await fresh.drop();
  };
});

const from = start + 5 * day;
const to = start + 33 * day;
const starts = [from, ...Array.from({ length: 4 }, (_, i) => start + (7 + 7 * i) * day)].filter((at) => at < to);
const inWindow = (at: number | null): at is number => at !== null && at >= from && at < to;

function windowBy(by: ReportWindow['by'], filter: Partial<ReportWindow> = {}): ReportWindow {
  return { from, to, starts, by, ...filter };
}

/** The group of a ticket of which something is told at an instant, found by looking. */
function keyFor({ by }: ReportWindow, row: TicketRow, at: number): string {
  if (by !== 'period') return row[by] ?? 'none';
  return String(starts.findLastIndex((begin) => begin <= at));
}

function grouped<T>(told: readonly { key: string; item: T }[], figures: (items: readonly T[]) => Figures): Report {
  const keys = [...new Set(told.map(({ key }) => key))];
  const of = (key: string): Figures => figures(told.filter((one) => one.key === key).map(({ item }) => item));
  return { groups: new Map(keys.map((key) => [key, of(key)])), total: figures(told.map(({ item }) => item)) };
}

function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

function spreadOf(prefix: string, took: readonly number[]): Figures {
  const mean = took.length === 0 ? null : took.reduce((a, b) => a + b, 0) / took.length;
  return {
    [`${prefix}Count`]: took.length,
    [`${prefix}Median`]: quantile(took, 0.5),
    [`${prefix}P90`]: quantile(took, 0.9),
    [`${prefix}Mean`]: mean,
  };
}

function expectSame(found: Report, wanted: Report): void {
  const close = (figures: Figures): Figures =>
    Object.fromEntries(
      Object.entries(figures).map(([key, n]) => [key, n === null ? null : expect.closeTo(n, 6)]),
    ) as Figures;
  expect([...found.groups.keys()].toSorted()).toEqual([...wanted.groups.keys()].toSorted());
  for (const [key, figures] of wanted.groups) expect(found.groups.get(key), key).toEqual(close(figures));
  expect(found.total).toEqual(close(wanted.total));
}

const filters: readonly Partial<ReportWindow>[] = [
  {},
  { priority: 'high' },
  { team: 'team_a', channel: 'chat' },
  { team: 'none' },
];
const cases = groupings.flatMap((by) => filters.map((filter) => ({ by, filter })));

function meeting({ priority, team, channel }: Partial<ReportWindow>): Life[] {
  return counted.filter(
    ({ row }) =>
      (priority === undefined || row.priority === priority) &&
      (team === undefined || row.team === (team === 'none' ? null : team)) &&
      (channel === undefined || row.channel === channel),
  );
}

describe.each(cases)('by $by, where $filter', ({ by, filter }) => {
  const window = windowBy(by, filter);
  const some = meeting(filter);
  const told = <T>(of: (life: Life) => readonly { at: number | null; item: T }[]): { key: string; item: T }[] =>
    some.flatMap((one) =>
      of(one).flatMap(({ at, item }) => (inWindow(at) ? [{ key: keyFor(window, one.row, at), item }] : [])),
    );

  test('volume is what going through all tickets gives', async () => {
    const all = told(({ row, reopenedAt }) => [
      { at: row.createdAt, item: 'opened' },
      { at: row.solvedAt, item: 'solved' },
      ...reopenedAt.map((at) => ({ at, item: 'reopened' })),
    ]);
    const count = (items: readonly string[], what: string): number => items.filter((item) => item === what).length;
    expectSame(
      await volume(database.db, window),
      grouped(all, (items) => ({
        opened: count(items, 'opened'),
        solved: count(items, 'solved'),
        reopened: count(items, 'reopened'),
      })),
    );
  });

  test('so are answer times', async () => {
    const all = told(({ row, clocks }) => [
      { at: row.firstRepliedAt, item: { what: 'first', took: ((row.firstRepliedAt ?? 0) - row.createdAt) / 1000 } },
      ...clocks.flatMap(({ name, endedAt, activatedAt }) =>
        name === 'nextReply'
          ? [{ at: endedAt, item: { what: 'next', took: ((endedAt ?? 0) - activatedAt) / 1000 } }]
          : [],
      ),
    ]);
    const took = (items: readonly { what: string; took: number }[], what: string): number[] =>
      items.filter((item) => item.what === what).map((item) => item.took);
    expectSame(
      await answerTimes(database.db, window),
      grouped(all, (items) => ({
        ...spreadOf('firstReply', took(items, 'first')),
        ...spreadOf('nextReply', took(items, 'next')),
      })),
    );
  });

  test('so are resolution times', async () => {
    const all = told(({ row }) => [
      { at: row.solvedAt, item: { took: ((row.solvedAt ?? 0) - row.createdAt) / 1000, reopened: row.reopenCount } },
    ]);
    expectSame(
      await resolutionTimes(database.db, window),
      grouped(all, (items) => ({
        ...spreadOf(
          'resolution',
          items.map((item) => item.took),
        ),
        neverReopened: items.filter(({ reopened }) => reopened === 0).length,
      })),
    );
  });

  test('so are the promises that were kept', async () => {
    const all = told(({ clocks }) =>
      clocks.flatMap(({ name, breachedAt, endedAt, activatedAt, target }) => {
        if (breachedAt !== null)
          return breachedAt >= activatedAt ? [{ at: breachedAt, item: { name, kept: false } }] : [];
        return target === null ? [] : [{ at: endedAt, item: { name, kept: true } }];
      }),
    );
    const names = ['all', 'firstReply', 'nextReply', 'resolution'] as const;
    expectSame(
      await slaAttainment(database.db, window),
      grouped(all, (items) =>
        Object.assign(
          {},
          ...names.map((name) => {
            const decided = items.filter((item) => name === 'all' || item.name === name);
            const kept = decided.filter((item) => item.kept).length;
            const percent = decided.length === 0 ? null : (100 * kept) / decided.length;
            return { [`${name}Kept`]: kept, [`${name}Decided`]: decided.length, [`${name}Percent`]: percent };
          }),
        ),
      ),
    );
  });
});

describe.each(filters)('where %o', (filter) => {
  const some = meeting(filter);
  const window = windowBy('period', filter);

  test('the backlog is who was unsolved at each end', async () => {
    const { groups, total } = await backlog(database.db, window);
    const ends = [...starts.slice(1), to];
    const wanted = ends.map(
      (end) => some.filter(({ row }) => row.createdAt < end && (row.solvedAt === null || row.solvedAt >= end)).length,
    );
    expect(ends.map((_, i) => groups.get(String(i))?.['unsolved'])).toEqual(wanted);
    expect(total).toEqual({ unsolved: wanted.at(-1) });
  });

  test('the load is what each has and did', async () => {
    const { groups, total } = await agentLoad(database.db, window);
    const sums = { open: 0, weight: 0, solved: 0, replies: 0 };
    for (const user of ['usr_ann', 'usr_bob', 'none']) {
      const own = some.filter(({ row }) => (row.assignee ?? 'none') === user);
      const open = own.filter(({ row }) => row.status !== 'solved' && row.status !== 'closed');
      const replies = some
        .flatMap(({ messages }) => messages)
        .filter(
          (m) => m.author === 'agent' && m.public && !m.automatic && inWindow(m.createdAt) && m.authorId === user,
        );
      const wanted = {
        open: open.length,
        weight: open.reduce((sum, { row }) => sum + loadOf(row), 0),
        solved: own.filter(({ row }) => inWindow(row.solvedAt)).length,
        replies: replies.length,
      };
      expect(groups.get(user) ?? { open: 0, weight: 0, solved: 0, replies: 0 }).toEqual(wanted);
      for (const key of ['open', 'weight', 'solved', 'replies'] as const) sums[key] += wanted[key];
    }
    expect(total).toEqual(sums);
  });
});

test('pages and acknowledgements are counted for who got and gave them', async () => {
  const found = await answersToPages(database.db, windowBy('period'));
  for (const user of ['usr_ann', 'usr_bob', 'usr_cat']) {
    const pages = incidents
      .flatMap((one) => one.pages)
      .filter((page) => page.user === user && inWindow(page.at)).length;
    const took = incidents.flatMap(({ acknowledged, openedAt }) =>
      acknowledged?.user === user && inWindow(acknowledged.at) ? [(acknowledged.at - openedAt) / 1000] : [],
    );
    const median = quantile(took, 0.5);
    expect(found.get(user) ?? { pages: 0, acknowledged: 0, acknowledgeMedian: null }).toEqual({
      pages,
      acknowledged: took.length,
      acknowledgeMedian: median === null ? null : expect.closeTo(median, 6),
    });
  }
});
