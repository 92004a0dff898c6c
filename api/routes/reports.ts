import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Directory } from '../../db/directory.ts';
import { noGroup, type Report, type ReportWindow } from '../../db/reports/window.ts';
import { formatInstant, parseInstant } from '../../domain/instant.ts';
import { periodStarts } from '../../domain/periods.ts';
import { formatDate, isTimeZone, zoneNamed } from '../../domain/wall-clock.ts';
import { csv } from '../csv.ts';
import { type FieldError, invalid, Problem } from '../problem.ts';
import { type ReportKind, type ReportName, reports } from '../reports.ts';
import { answers } from '../schemas/common.ts';
import { type ReportJson, ReportParams, ReportQuery, ReportSchema } from '../schemas/report.ts';

const longestWindow = 731 * 24 * 60 * 60 * 1000;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;

  app.get(
    '/v1/reports/:name',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['reports'],
        summary: 'Figures of what happened between two instants, by period or by what tickets have in common',
        params: ReportParams,
        querystring: ReportQuery,
        response: answers({
          200: {
            description: 'The report',
            content: {
              'application/json': { schema: ReportSchema },
              'text/csv': { schema: Type.String({ description: 'a row for each, and one for all together' }) },
            },
          },
        }),
      },
    },
    async ({ params, query }, reply) => {
      if (!Object.hasOwn(reports, params.name)) {
        throw new Problem(
          'not-found',
          `There is no report of this name; there are ${Object.keys(reports).join(', ')}.`,
        );
      }
      const name = params.name as ReportName;
      const kind: ReportKind = reports[name];
      const window = windowOf(kind, query);
      const { timeZone = 'UTC', interval = 'day' } = query;
      const report = await kind.read({ database, directory }, window);
      const by = kind.by === 'people' ? 'person' : window.by;
      const answer: ReportJson = {
        report: name,
        from: formatInstant(window.from),
        to: formatInstant(window.to),
        timeZone,
        interval,
        by,
        columns: [...kind.columns],
        rows: by === 'period' ? periodRows(kind, report, window, timeZone) : groupRows(by, report, directory),
        total: report.total,
      };
      if (query.format !== 'csv') return answer;
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${name}.csv"`)
        .serializer(String)
        .send(table(answer));
    },
  );
};

export default routes;

function windowOf(kind: ReportKind, query: ReportQuery): ReportWindow {
  const { timeZone = 'UTC', interval = 'day', by = 'period', priority, team, channel } = query;
  const [from = Number.NaN, to = Number.NaN] = [parseInstant(query.from), parseInstant(query.to)];
  const wrong: FieldError[] = [];
  const refuse = (field: string, message: string): void => void wrong.push({ path: `query.${field}`, message });
  if (!isTimeZone(timeZone)) refuse('timeZone', 'must be a time zone such as Europe/Berlin');
  if (!(to > from)) refuse('to', 'must be after from');
  if (to - from > longestWindow) refuse('to', 'must be at most two years after from');
  if (kind.by !== 'people' && !kind.by.includes(by)) refuse('by', `must be among ${kind.by.join(', ')} here`);
  if (wrong.length > 0) throw invalid(wrong);
  return {
    from,
    to,
    starts: periodStarts(timeZone, interval, from, to),
    by,
    ...(priority !== undefined && { priority }),
    ...(team !== undefined && { team }),
    ...(channel !== undefined && { channel }),
  };
}

/** Every period, also those in which nothing happened. */
function periodRows({ columns }: ReportKind, { groups }: Report, { starts, to }: ReportWindow, timeZone: string) {
  const zone = zoneNamed(timeZone);
  const nothing = Object.fromEntries(columns.map(({ key, unit }) => [key, unit === 'count' ? 0 : null]));
  return starts.map((start, i) => ({
    key: formatInstant(start),
    label: formatDate(zone.toWall(start)),
    end: formatInstant(starts[i + 1] ?? to),
    values: groups.get(String(i)) ?? nothing,
  }));
}

const priorityOrder: readonly string[] = ['urgent', 'high', 'normal', 'low'];

function groupRows(by: string, { groups }: Report, directory: Directory): ReportJson['rows'] {
  const nameOf = (key: string): string => {
    if (key === noGroup) return noGroup;
    if (by === 'team') return directory.team(key)?.name ?? key;
    return by === 'person' || by === 'assignee' ? (directory.user(key)?.name ?? key) : key;
  };
  return [...groups]
    .map(([key, values]) => ({ key, label: nameOf(key), end: null, values }))
    .toSorted((a, b) =>
      by === 'priority'
        ? priorityOrder.indexOf(a.key) - priorityOrder.indexOf(b.key)
        : Number(a.key === noGroup) - Number(b.key === noGroup) || a.label.localeCompare(b.label),
    );
}

function table({ by, columns, rows, total }: ReportJson): string {
  const keys = columns.map(({ key }) => key);
  return csv([
    [by, 'name', ...keys],
    ...rows.map(({ key, label, values }) => [key, label, ...keys.map((column) => values[column] ?? null)]),
    ['total', '', ...keys.map((column) => total[column] ?? null)],
  ]);
}
