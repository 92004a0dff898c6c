import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../domain/calendar.ts';
import { previewCalendar } from '../../domain/calendar-preview.ts';
import { formatDuration, parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { calendarNearJump } from './calendar-fixtures.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Minutes from the jump of the clock. */
const offset = fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 });
const offsets = fc
  .uniqueArray(offset, { minLength: 3, maxLength: 3 })
  .map((list) => list.toSorted((a, b) => a - b) as [number, number, number]);
const pauseOffsets = fc.array(fc.tuple(offset, fc.integer({ min: 1, max: 24 * 60 })), { maxLength: 5 });
const budgets = fc.integer({ min: 1, max: 30 * 60 }).map((minutes) => formatDuration(minutes * minute));

const instant = (jump: number, minutes: number) => formatInstant(jump + minutes * minute);
const pausesAt = (jump: number, list: readonly (readonly [number, number])[]) =>
  list.map(([start, length]) => ({ start: instant(jump, start), end: instant(jump, start + length) }));

describe('a preview of any calendar', () => {
  it('adds up over a split, and to the minutes of its spans that no pause covers', () => {
    fc.assert(
      fc.property(calendarNearJump, offsets, pauseOffsets, ({ calendar, jump }, [a, b, c], list) => {
        const pauses = pausesAt(jump, list);
        const ask = (from: number, to: number) =>
          previewCalendar({ calendar, from: instant(jump, from), to: instant(jump, to), pauses });
        const whole = ask(a, c);
        const parts = parseDuration(ask(a, b).elapsed) + parseDuration(ask(b, c).elapsed);
        expect(formatDuration(parts)).toBe(whole.elapsed);
        let open = 0;
        for (const { start, end } of whole.spans) {
          for (let at = Date.parse(start); at < Date.parse(end); at += minute) {
            const minutes = (at - jump) / minute;
            if (!list.some(([from, length]) => from <= minutes && minutes < from + length)) open += 1;
          }
        }
        expect(whole.elapsed).toBe(formatDuration(open * minute));
      }),
      { numRuns: 300 },
    );
  });

  it('has the spans of the calendar, whatever the pauses', () => {
    fc.assert(
      fc.property(calendarNearJump, offsets, pauseOffsets, ({ calendar, jump }, [a, , c], list) => {
        const question = { calendar, from: instant(jump, a), to: instant(jump, c) };
        const { spans } = previewCalendar({ ...question, pauses: pausesAt(jump, list) });
        const compiled = compileCalendar(calendar, jump + a * minute, jump + c * minute);
        expect(spans.map(({ start, end }) => [Date.parse(start), Date.parse(end)])).toEqual(compiled);
      }),
      { numRuns: 100 },
    );
  });

  it('finds the same with pauses in another order, doubled, or cut in two', () => {
    fc.assert(
      fc.property(calendarNearJump, offsets, pauseOffsets, ({ calendar, jump }, [a, b, c], list) => {
        const cut = list.flatMap(([start, length]): [number, number][] =>
          length < 2
            ? [[start, length]]
            : [
                [start + 1, length - 1],
                [start, 1],
              ],
        );
        const question = { calendar, from: instant(jump, a), to: instant(jump, c) };
        const budget = { calendar, start: instant(jump, b), budget: 'PT10H' };
        const pauses = pausesAt(jump, list);
        const others = pausesAt(jump, [...cut, ...list].toReversed());
        expect(previewCalendar({ ...question, pauses: others })).toEqual(previewCalendar({ ...question, pauses }));
        fc.pre(opensWeekly(calendar.hours));
        expect(previewCalendar({ ...budget, pauses: others })).toEqual(previewCalendar({ ...budget, pauses }));
      }),
      { numRuns: 300 },
    );
  });

  it('has as much open up to the due instant as the budget, and less up to any instant before', () => {
    fc.assert(
      fc.property(calendarNearJump, offset, budgets, pauseOffsets, ({ calendar, jump }, start, budget, list) => {
        const pauses = pausesAt(jump, list);
        const from = instant(jump, start);
        const { dueAt } = previewCalendar({ calendar, start: from, budget, pauses });
        fc.pre(dueAt !== null && Date.parse(dueAt) - Date.parse(from) < 9000 * hour);
        const elapsed = (to: number) => previewCalendar({ calendar, from, to: formatInstant(to), pauses }).elapsed;
        expect(elapsed(Date.parse(dueAt))).toBe(budget);
        expect(parseDuration(elapsed(Date.parse(dueAt) - 1000))).toBe(parseDuration(budget) - 1000);
      }),
      { numRuns: 300 },
    );
  });

  it('never has a larger budget due earlier', () => {
    fc.assert(
      fc.property(calendarNearJump, offset, budgets, budgets, ({ calendar, jump }, start, one, other) => {
        fc.pre(opensWeekly(calendar.hours));
        const due = (budget: string) =>
          Date.parse(previewCalendar({ calendar, start: instant(jump, start), budget }).dueAt ?? '');
        const [less, more] = [one, other].toSorted((a, b) => parseDuration(a) - parseDuration(b)) as [string, string];
        expect(due(more)).toBeGreaterThanOrEqual(due(less));
      }),
      { numRuns: 300 },
    );
  });
});

function opensWeekly(hours: object | string): boolean {
  return typeof hours === 'string' || Object.values(hours).some((windows: unknown[]) => windows.length > 0);
}
