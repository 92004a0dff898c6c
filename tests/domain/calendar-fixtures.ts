import fc from 'fast-check';
import type { Calendar, Window } from '../../domain/calendar.ts';
import { weekdays } from '../../domain/wall-clock.ts';
import { jumps } from './wall-clock-oracle.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const timeOfDay = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');

/** Minutes of the day, with a liking for its ends and for the small hours, in which clocks jump. */
const minuteOfDay = fc.oneof(
  fc.constantFrom(0, 24 * 60),
  fc.integer({ min: 0, max: 4 * 60 }),
  fc.integer({ min: 0, max: 24 * 60 }),
);

/** Windows of a day that do not overlap; some touch. */
const windows: fc.Arbitrary<Window[]> = fc.uniqueArray(minuteOfDay, { maxLength: 6 }).map((minutes) => {
  const times = minutes.toSorted((a, b) => a - b).map(timeOfDay);
  return times.slice(1).flatMap((to, i): Window[] => (i % 3 === 1 ? [] : [[times[i] as string, to]]));
});

const hours = fc.oneof(
  { weight: 1, arbitrary: fc.constant('always' as const) },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: fc.record(Object.fromEntries(weekdays.map((name) => [name, windows])), { requiredKeys: [] }),
  },
);

/** A calendar, and the jump of its zone's clocks around which it has its holidays and special days. */
export const calendarNearJump: fc.Arbitrary<{ calendar: Calendar; jump: number }> = fc
  .constantFrom(...jumps)
  .chain(([timeZone, text]) => {
    const jump = Date.parse(text);
    const date = fc.integer({ min: -3, max: 3 }).map((days) => new Date(jump + days * day).toISOString().slice(0, 10));
    const calendar = fc.record({
      timeZone: fc.constant(timeZone),
      hours,
      holidays: fc.array(date, { maxLength: 2 }),
      special: fc.dictionary(date, windows, { maxKeys: 2 }),
    });
    return fc.record({ calendar, jump: fc.constant(jump) });
  });
