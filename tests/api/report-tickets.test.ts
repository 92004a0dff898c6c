import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import type { TicketRow } from '../../domain/events.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { filterOf } from '../../web/queue/search.ts';
import { ticketsBehind } from '../../web/reports/drill-down.ts';
import { type KindName, kindNames, splits } from '../../web/reports/kinds.ts';
import { newTicket } from '../domain/ticket-fixtures.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-20T00:00:00Z');
const statuses = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'] as const;

/** Ten days of tickets in all states, some of them reopened, and some merged into others. */
const rows = Array.from({ length: 120 }, (_, i): TicketRow => {
  const status = statuses[i % statuses.length] ?? 'new';
  const createdAt = start + ((i * 37) % 240) * hour;
  const settled = status === 'solved' || status === 'closed';
  const solvedAt = settled ? createdAt + (1 + ((i * 13) % 90)) * hour : null;
  return {
    ...rowOf(newTicket()),
    ...{ id: `T${String(i).padStart(3, '0')}`, status, createdAt, solvedAt },
    firstRepliedAt: i % 4 === 0 ? null : createdAt + (1 + (i % 9)) * hour,
    updatedAt: Math.max(createdAt + 10 * hour, solvedAt ?? 0),
    reopenCount: i % 5 === 0 ? 1 : 0,
    priority: i % 3 === 0 ? 'urgent' : 'normal',
    channel: i % 2 === 0 ? 'email' : 'chat',
    team: i % 7 === 0 ? null : `team_${i % 2}`,
    assignee: i % 6 === 5 ? null : `usr_${i % 3}`,
    mergedInto: status === 'closed' && i % 4 === 3 ? 'T000' : null,
  };
});

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
  const batches = rows.map((row) => {
    const event = { seq: 1, type: 'ticket.created', at: row.createdAt, actor: system, cause: 'test', data: {} };
    return { stream: `ticket/${row.id}`, ticket: row.id, events: [{ ...event, changes: { ticket: row } }] };
  });
  await recordBatches(desk.database.pool, batches);
});
afterAll(() => desk.close());

interface Report {
  readonly by: 'period';
  readonly from: string;
  readonly to: string;
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly {
    readonly key: string;
    readonly end: string | null;
    readonly values: Readonly<Record<string, number | null>>;
  }[];
  readonly total: Readonly<Record<string, number | null>>;
}

const window = 'from=2026-03-22T05:00:00Z&to=2026-03-28T17:00:00Z&timeZone=Europe/Berlin';
const get = async <T>(path: string): Promise<T> => {
  const answer = await desk.call('GET', path);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
};

/** How many tickets the queue has behind a figure; undefined where that leads nowhere. */
async function behind(name: KindName, key: string, report: Report, row?: Report['rows'][number]): Promise<unknown> {
  const search = ticketsBehind(name, key, report, {}, row);
  if (search === undefined) return undefined;
  const filter = Object.entries(filterOf(search, 'usr_me', Date.now()));
  const query = new URLSearchParams(filter.map(([name, value]): [string, string] => [name, String(value)]));
  return (await get<{ total: number }>(`/v1/tickets/counts?${query.toString()}`)).total;
}

const asked = kindNames.flatMap((name) =>
  (['volume', 'answer-times', 'resolution-times', 'sla'].includes(name) ? splits : ([undefined] as const)).map(
    (by) => [name, by] as const,
  ),
);

test.each(asked)('each figure of %s by %s leads to as many tickets as it counts', async (name, by) => {
  const report = await get<Report>(`/v1/reports/${name}?${window}${by === undefined ? '' : `&by=${by}`}`);
  let led = 0;
  for (const { key } of report.columns) {
    for (const row of [undefined, ...report.rows]) {
      const found = await behind(name, key, report, row);
      if (found === undefined) continue;
      expect(found, `${key} of ${row?.key ?? 'all'}`).toBe((row?.values ?? report.total)[key]);
      led += 1;
    }
  }
  expect(led > 0).toBe(!['sla', 'on-call'].includes(name));
});
