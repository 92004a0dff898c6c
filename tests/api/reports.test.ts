import { afterAll, beforeAll, expect, test } from 'vitest';
import { reports } from '../../api/reports.ts';
import { recordBatches } from '../../db/record.ts';
import type { TicketRow } from '../../domain/events.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { hour, newTicket } from '../domain/ticket-fixtures.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

interface Report {
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly { readonly key: string; readonly label: string; readonly values: Record<string, number> }[];
  readonly total: Record<string, number>;
}

let desk: DeskApp;
let team: string;
let ann: string;
const opened = Date.parse('2026-03-28T22:30:00Z');

beforeAll(async () => {
  desk = await startDeskApp();
  team = (await desk.call('POST', '/v1/teams', { name: 'Front, line' })).json<{ id: string }>().id;
  const user = { name: '=Ann', email: 'ann@example.com', role: 'agent', teams: [team] };
  ann = (await desk.call('POST', '/v1/users', user)).json<{ id: string }>().id;
  const layers = [{ rotation: { type: 'daily', shiftLength: 1, start: '2026-01-05T00:00:00Z' }, participants: [ann] }];
  await desk.call('POST', '/v1/schedules', { name: 'Duty', timeZone: 'UTC', layers });
  const template = { ...rowOf(newTicket()), createdAt: opened, updatedAt: opened, assignee: ann };
  const add = async (fields: Partial<TicketRow> & { id: string }): Promise<void> => {
    const event = { seq: 1, type: 'ticket.created', at: opened, actor: system, cause: 'test', data: {} };
    const changes = { ticket: { ...template, ...fields } };
    await recordBatches(desk.database.pool, [
      { stream: `ticket/${fields.id}`, ticket: fields.id, events: [{ ...event, changes }] },
    ]);
  };
  await add({ id: 'T1', team, firstRepliedAt: opened + hour });
  await add({ id: 'T2', team: null, createdAt: opened + hour });
});
afterAll(() => desk.close());

const window = 'from=2026-03-27T23:00:00Z&to=2026-03-30T22:00:00Z&timeZone=Europe/Berlin';
const report = async (path: string): Promise<Report> => {
  const answer = await desk.call('GET', `/v1/reports/${path}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Report>();
};

test('a report has a row for each day of the time zone, also where nothing happened', async () => {
  const { rows, total } = await report(`volume?${window}`);
  expect(rows).toMatchObject([
    { key: '2026-03-27T23:00:00Z', label: '2026-03-28', end: '2026-03-28T23:00:00Z', values: { opened: 1 } },
    { key: '2026-03-28T23:00:00Z', label: '2026-03-29', end: '2026-03-29T22:00:00Z', values: { opened: 1, solved: 0 } },
    { key: '2026-03-29T22:00:00Z', label: '2026-03-30', values: { opened: 0, reopened: 0 } },
  ]);
  expect(total).toEqual({ opened: 2, solved: 0, reopened: 0 });
});

test('or for what tickets have in common, by the names that people know', async () => {
  const { rows } = await report(`volume?${window}&by=team`);
  expect(rows.map(({ key, label }) => [key, label])).toEqual([
    [team, 'Front, line'],
    ['none', 'none'],
  ]);
});

test('people have their duty in it', async () => {
  const { rows } = await report(`on-call?from=2026-03-02T00:00:00Z&to=2026-03-09T00:00:00Z`);
  expect(rows).toMatchObject([{ key: ann, label: '=Ann', values: { hours: 168, weekendHours: 48, pages: 0 } }]);
  const load = await report(`load?${window}`);
  expect(load.rows).toMatchObject([{ key: ann, values: { open: 2, weight: 4, solved: 0, replies: 0 } }]);
});

test.each(Object.keys(reports))('%s says in each row and in all what its columns are', async (name) => {
  const { rows, columns, total } = await report(`${name}?${window}`);
  const keys = columns.map(({ key }) => key).toSorted();
  for (const values of [...rows.map((row) => row.values), total]) expect(Object.keys(values).toSorted()).toEqual(keys);
  expect(rows.length).toBeGreaterThan(0);
});

test('a report comes as a table for spreadsheets as well', async () => {
  const answer = await desk.call('GET', `/v1/reports/load?${window}&format=csv`);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="load.csv"',
  });
  expect(answer.body).toBe(`person,name,open,weight,solved,replies\r\n${ann},'=Ann,2,4,0,0\r\ntotal,,2,4,0,0\r\n`);
});

test('what cannot be is refused by its name', async () => {
  const refused = async (path: string): Promise<unknown> => {
    const { status, errors = [] } = (await desk.call('GET', `/v1/reports/${path}`)).json<{
      status: number;
      errors?: { path: string }[];
    }>();
    return [status, ...errors.map((error) => error.path)];
  };
  expect(await refused(`weather?${window}`)).toEqual([404]);
  expect(await refused('volume?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z')).toEqual([400, 'query.to']);
  expect(await refused('volume?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual([400, 'query.to']);
  expect(await refused(`volume?${window.replace('Berlin', 'Atlantis')}`)).toEqual([400, 'query.timeZone']);
  expect(await refused(`backlog?${window}&by=team`)).toEqual([400, 'query.by']);
  expect(await refused(`volume?${window}&colour=red`)).toEqual([400, 'query.colour']);
  const intake = await keyOf(desk, 'intake');
  expect((await desk.call('GET', `/v1/reports/volume?${window}`, undefined, intake)).statusCode).toBe(403);
});
