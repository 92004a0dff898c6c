import { type Static, Type } from 'typebox';
import { groupings } from '../../db/reports/window.ts';
import { intervals } from '../../domain/periods.ts';
import { priorities } from '../../domain/ticket.ts';
import { reportNames, type Unit } from '../reports.ts';
import { Instant, Nullable, OneOf, Strict } from './common.ts';

export const ReportParams = Strict({ name: Type.String({ maxLength: 40, description: reportNames.join(', ') }) });

export const ReportQuery = Strict({
  from: Instant,
  to: Type.String({ format: 'date-time', description: 'not part of the report; at most two years after `from`' }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, default: 'UTC', description: 'whose clocks say when days, weeks and months begin' }),
  ),
  interval: Type.Optional(OneOf(intervals, { default: 'day' })),
  by: Type.Optional(OneOf(groupings, { default: 'period', description: 'what has a row of its own' })),
  priority: Type.Optional(OneOf(priorities)),
  team: Type.Optional(Type.String({ maxLength: 64, description: "a team's id; none for tickets without a team" })),
  channel: Type.Optional(Type.String({ maxLength: 40 })),
  format: Type.Optional(OneOf(['json', 'csv'], { default: 'json' })),
});
export type ReportQuery = Static<typeof ReportQuery>;

const units: readonly Unit[] = ['count', 'seconds', 'percent', 'hours'];
const Values = Type.Unsafe<Readonly<Record<string, number | null>>>({
  type: 'object',
  additionalProperties: { type: ['number', 'null'] },
  description: 'by column; null where there is nothing to tell of',
});

export const ReportSchema = Type.Object({
  report: OneOf(reportNames),
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  timeZone: Type.String(),
  interval: OneOf(intervals),
  by: OneOf([...groupings, 'person']),
  columns: Type.Array(Type.Object({ key: Type.String(), unit: OneOf(units) })),
  rows: Type.Array(
    Type.Object({
      key: Type.String({
        description:
          "the instant at which a period begins; else a priority, a channel, a team's or a user's id, or none",
      }),
      label: Type.String({ description: 'as people know it; a period by the date on which it begins' }),
      end: Nullable(Type.String({ format: 'date-time', description: 'of a period' })),
      values: Values,
    }),
  ),
  total: Values,
});
export type ReportJson = Static<typeof ReportSchema>;
