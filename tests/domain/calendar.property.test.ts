import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, problemsOfCalendar } from '../../domain/calendar.ts';
import { clip, elapsedIn, normalize, subtract } from '../../domain/spans.ts';
import { calendarNearJump } from './calendar-fixtures.ts';
import { openMinutes } from './wall-clock-oracle.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const within = (days: number) => fc.integer({ min: -days * 24 * 60, max: days * 24 * 60 }).map((n) => n * minute);

describe('the open time of any calendar, near any jump of the clock', () => {
  it('is what a walk through every minute finds', () => {
    fc.assert(
      fc.property(calendarNearJump, within(2), ({ calendar, jump }, offset) => {
        const [from, to] = [jump + offset - day, jump + offset + day];
        expect(problemsOfCalendar(calendar)).toEqual([]);
        expect(compileCalendar(calendar, from, to)).toEqual(openMinutes(calendar, from, to));
      }),
      { numRuns: 80 },
    );
  });

  it('is the same for a window as for the whole', () => {
    fc.assert(
      fc.property(calendarNearJump, within(4), within(4), ({ calendar, jump }, a, b) => {
        const whole = compileCalendar(calendar, jump - 200 * day, jump + 200 * day);
        expect(compileCalendar(calendar, jump + a, jump + b)).toEqual(clip(whole, jump + a, jump + b));
      }),
      { numRuns: 500 },
    );
  });

  it('is a list of spans, joined wherever they touch', () => {
    fc.assert(
      fc.property(calendarNearJump, ({ calendar, jump }) => {
        const spans = compileCalendar(calendar, jump - 8 * day, jump + 8 * day);
        expect(spans).toEqual(normalize(spans));
      }),
    );
  });

  it('loses a holiday and nothing else, whatever the hours', () => {
    fc.assert(
      fc.property(calendarNearJump, fc.integer({ min: -3, max: 3 }), ({ calendar, jump }, days) => {
        const date = new Date(jump + days * day).toISOString().slice(0, 10);
        const [from, to] = [jump - 8 * day, jump + 8 * day];
        const { special: _, ...usual } = calendar;
        const all = compileCalendar({ ...usual, holidays: [] }, from, to);
        const without = compileCalendar({ ...usual, holidays: [date] }, from, to);
        const whole = { timeZone: calendar.timeZone, hours: {}, special: { [date]: [['00:00', '24:00']] as const } };
        const holiday = compileCalendar(whole, from, to);
        expect(elapsedIn(holiday, from, to)).toBeLessThanOrEqual(27 * 60 * minute);
        expect(without).toEqual(subtract(all, holiday));
      }),
    );
  });
});
