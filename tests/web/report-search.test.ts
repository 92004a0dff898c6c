import { expect, it, test } from 'vitest';
import { dayText, intervalOf, reportSearch, type ReportSearch, spanBefore, spanOf } from '../../web/reports/search.ts';

const now = new Date(2026, 2, 15, 10, 30);
const days = (search: ReportSearch): string[] => {
  const { from, to } = spanOf(search, now);
  return [dayText(from), dayText(to)];
};

test.each<[ReportSearch, string, string]>([
  [{}, '2026-02-14', '2026-03-16'],
  [{ span: 'today' }, '2026-03-15', '2026-03-16'],
  [{ span: 'week' }, '2026-03-09', '2026-03-16'],
  [{ span: 'this-month' }, '2026-03-01', '2026-03-16'],
  [{ span: 'last-month' }, '2026-02-01', '2026-03-01'],
  [{ span: 'quarter' }, '2026-01-01', '2026-03-16'],
  [{ span: 'own', from: '2026-01-05', to: '2026-01-07' }, '2026-01-05', '2026-01-08'],
  [{ span: 'own', from: '2026-01-07', to: '2026-01-05' }, '2026-01-05', '2026-01-08'],
])('%o is from %s to before %s', (search, from, to) => {
  expect(days(search)).toEqual([from, to]);
});

it('is compared with as many days before, or with whole months', () => {
  const before = (search: ReportSearch): string[] => Object.values(spanBefore(spanOf(search, now))).map(dayText);
  expect(before({ span: 'week' })).toEqual(['2026-03-02', '2026-03-09']);
  expect(before({ span: 'last-month' })).toEqual(['2026-01-01', '2026-02-01']);
});

it('has days up to a month, weeks up to half a year, then months, unless it is said', () => {
  const interval = (search: ReportSearch) => intervalOf(search, spanOf(search, now));
  expect(interval({})).toBe('day');
  expect(interval({ span: 'quarter' })).toBe('week');
  expect(interval({ span: 'own', from: '2025-01-01', to: '2026-01-01' })).toBe('month');
  expect(interval({ span: 'quarter', interval: 'day' })).toBe('day');
});

it('leaves out what means nothing', () => {
  expect(
    reportSearch({ span: 'century', from: '2026-02-30', to: '2026-02-28', by: 'colour', interval: 3, team: '' }),
  ).toEqual({ to: '2026-02-28' });
});
