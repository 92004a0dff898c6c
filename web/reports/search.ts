import type { ReportQuery } from '../api/reports.ts';
import { type Split, splits } from './kinds.ts';

export const spans = ['today', 'week', 'month', 'this-month', 'last-month', 'quarter', 'own'] as const;
export type SpanName = (typeof spans)[number];
const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/** What the address of a report says; dates are days of the browser's time zone, both of them part of the report. */
export interface ReportSearch {
  readonly span?: SpanName;
  readonly from?: string;
  readonly to?: string;
  readonly interval?: Interval;
  readonly by?: Split;
  readonly priority?: string;
  readonly team?: string;
}

/** Whatever an address says that means nothing is left out. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  const among = <T extends string>(value: unknown, all: readonly T[]): T | undefined =>
    all.find((one) => one === value);
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const date = (value: unknown): string | undefined =>
    dateOf(text(value) ?? '') === undefined ? undefined : text(value);
  const given = {
    span: among(search['span'], spans),
    from: date(search['from']),
    to: date(search['to']),
    interval: among(search['interval'], intervals),
    by: among(search['by'], splits),
    priority: among(search['priority'], ['low', 'normal', 'high', 'urgent']),
    team: text(search['team']),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The midnight that begins a day such as `2026-12-24`; undefined where there is no such day. */
export function dateOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 ? date : undefined;
}

export function dayText(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface DaySpan {
  readonly from: Date;
  /** The midnight after the last day. */
  readonly to: Date;
}

const later = (date: Date, days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);

export function spanOf({ span = 'month', from, to }: ReportSearch, now: Date): DaySpan {
  const today = later(now, 0);
  const tomorrow = later(now, 1);
  const month = (by: number): Date => new Date(now.getFullYear(), now.getMonth() + by, 1);
  switch (span) {
    case 'today':
      return { from: today, to: tomorrow };
    case 'week':
      return { from: later(now, -6), to: tomorrow };
    case 'month':
      return { from: later(now, -29), to: tomorrow };
    case 'this-month':
      return { from: month(0), to: tomorrow };
    case 'last-month':
      return { from: month(-1), to: month(0) };
    case 'quarter':
      return { from: month(-2), to: tomorrow };
    case 'own': {
      const first = dateOf(from ?? '') ?? later(now, -29);
      const last = dateOf(to ?? '') ?? today;
      return first <= last ? { from: first, to: later(last, 1) } : { from: last, to: later(first, 1) };
    }
  }
}

/** As many days just before; the same days of the month before where it is whole months. */
export function spanBefore({ from, to }: DaySpan): DaySpan {
  const whole = from.getDate() === 1 && to.getDate() === 1;
  const months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth();
  if (whole) return { from: new Date(from.getFullYear(), from.getMonth() - months, 1), to: from };
  const days = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  return { from: later(from, -days), to: from };
}

/** By the day up to a month, by the week up to half a year, unless the address says otherwise. */
export function intervalOf({ interval }: ReportSearch, { from, to }: DaySpan): Interval {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  return interval ?? (days <= 32 ? 'day' : days <= 190 ? 'week' : 'month');
}

export function queryOf(search: ReportSearch, span: DaySpan): ReportQuery {
  const { by, priority, team } = search;
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    interval: intervalOf(search, span),
    ...(by !== undefined && { by }),
    ...(priority !== undefined && { priority }),
    ...(team !== undefined && { team }),
  };
}
