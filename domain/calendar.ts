/** Business hours: weekly windows on the wall clock of a zone, holidays and special days; and the open time they make. */

import type { FieldProblem } from './field-problem.ts';
import { clip, type Span } from './spans.ts';
import {
  dayLength,
  isTimeZone,
  parseDate,
  parseTimeOfDay,
  startOfDay,
  weekdayOf,
  weekdays,
  type Weekday,
  type WallTime,
  zoneNamed,
} from './wall-clock.ts';

/** Wall-clock times of one day, such as `["09:00", "17:00"]`; `24:00` is the end of the day. */
export type Window = readonly [from: string, to: string];

export interface Calendar {
  /** As `zoneNamed` takes it. */
  readonly timeZone: string;
  /** Windows by weekday, none on a day that is left out; `always` is every day from 00:00 to 24:00. */
  readonly hours: 'always' | { readonly [day in Weekday]?: readonly Window[] };
  /** Dates such as `2026-12-25` on which it is closed from midnight to midnight of its zone, also where `always`. */
  readonly holidays?: readonly string[];
  /** Dates with windows of their own, or none. They replace the weekday's, and win over holidays. */
  readonly special?: Readonly<Record<string, readonly Window[]>>;
}

/** A calendar that has been read once, to be asked many times. */
export interface OpenHours {
  /** The open time between two instants. */
  between(from: number, to: number): Span[];
  /** The first instant after which it is never open again; Infinity where it opens every week, -Infinity if never. */
  readonly closedForGood: number;
}

/** Milliseconds from midnight. */
type Hours = readonly (readonly [from: number, to: number])[];

/**
 * The open time between two instants, the same as what lies between them of any longer compile. Windows that touch are
 * one span, across midnight too. What a jump of the clock swallows of a window is not open, and of a time that exists
 * twice a window begins and ends at the first.
 * @throws RangeError for a calendar with problems.
 */
export function compileCalendar(calendar: Calendar, from: number, to: number): Span[] {
  return readCalendar(calendar).between(from, to);
}

/** @throws RangeError for a calendar with problems. */
export function readCalendar(calendar: Calendar): OpenHours {
  const [problem] = problemsOfCalendar(calendar);
  if (problem !== undefined) throw new RangeError(`${problem.path}: ${problem.message}`);
  const zone = zoneNamed(calendar.timeZone);
  const weekly = readWeek(calendar.hours);
  const special = new Map<WallTime, Hours>();
  for (const date of calendar.holidays ?? []) special.set(dateOf(date), []);
  for (const [date, windows] of Object.entries(calendar.special ?? {})) special.set(dateOf(date), readDay(windows));
  const opensWeekly = weekdays.some((day) => weekly[day].length > 0);
  const openDays = [...special]
    .flatMap(([day, windows]) => (windows.length > 0 ? [day] : []))
    .toSorted((a, b) => a - b);

  function between(from: number, to: number): Span[] {
    if (to <= from) return [];
    const spans: Span[] = [];
    const first = startOfDay(zone.toWall(from));
    // A day more: where clocks have just gone back over midnight, windows of the day after have begun already.
    const last = startOfDay(zone.toWall(to)) + dayLength;
    for (const day of opensWeekly ? daysFrom(first, last) : openDays.filter((day) => first <= day && day <= last)) {
      for (const [opens, closes] of special.get(day) ?? weekly[weekdayOf(day)]) {
        const start = zone.toInstant(day + opens);
        const end = zone.toInstant(day + closes);
        const before = spans.at(-1);
        if (start >= end) continue;
        if (before?.[1] === start) spans[spans.length - 1] = [before[0], end];
        else spans.push([start, end]);
      }
    }
    return clip(spans, from, to);
  }

  const lastDay = opensWeekly ? Infinity : (openDays.at(-1) ?? -Infinity);
  return { between, closedForGood: Number.isFinite(lastDay) ? zone.toInstant(lastDay + dayLength) : lastDay };
}

function* daysFrom(first: WallTime, last: WallTime): Generator<WallTime> {
  for (let day = first; day <= last; day += dayLength) yield day;
}

function readWeek(hours: Calendar['hours']): Record<Weekday, Hours> {
  const day = (name: Weekday) => readDay(hours === 'always' ? [['00:00', '24:00']] : (hours[name] ?? []));
  return Object.fromEntries(weekdays.map((name) => [name, day(name)])) as Record<Weekday, Hours>;
}

function readDay(windows: readonly Window[]): Hours {
  return windows.map(([from, to]) => [timeOf(from), timeOf(to)] as const).toSorted((a, b) => a[0] - b[0]);
}

// Only asked for what `problemsOfCalendar` has let pass.
const dateOf = (text: string): WallTime => parseDate(text) as WallTime;
const timeOf = (text: string): number => parseTimeOfDay(text) as number;

/** Everything that makes no sense in a calendar of the right shape, each with its path, such as `hours.mon.1`. */
export function problemsOfCalendar(calendar: Calendar): FieldProblem[] {
  const { timeZone, hours, holidays = [], special = {} } = calendar;
  const problems: FieldProblem[] = [];
  const add = (path: string, message: string): void => void problems.push({ path, message });
  if (!isTimeZone(timeZone)) {
    add('timeZone', `${JSON.stringify(timeZone)} is no time zone; right is for example Europe/Berlin`);
  }
  for (const [day, windows] of Object.entries(hours === 'always' ? {} : hours)) {
    if (weekdays.some((name) => name === day)) problems.push(...problemsOfDay(`hours.${day}`, windows));
    else add(`hours.${day}`, `${JSON.stringify(day)} is no day; right are ${weekdays.join(', ')}`);
  }
  holidays.forEach((date, i) => {
    if (parseDate(date) === undefined) add(`holidays.${i}`, noDate(date));
  });
  for (const [date, windows] of Object.entries(special)) {
    if (parseDate(date) === undefined) add(`special.${date}`, noDate(date));
    problems.push(...problemsOfDay(`special.${date}`, windows));
  }
  return problems;
}

function problemsOfDay(path: string, windows: readonly Window[]): FieldProblem[] {
  const seen: { readonly window: Window; readonly from: number; readonly to: number }[] = [];
  return windows.flatMap((window, i) => {
    const [from, to] = [parseTimeOfDay(window[0]), parseTimeOfDay(window[1])];
    if (from === undefined || to === undefined) {
      return [from, to].flatMap((time, j) =>
        time === undefined ? [{ path: `${path}.${i}.${j}`, message: noTime(window[j] as string) }] : [],
      );
    }
    if (to <= from) return [{ path: `${path}.${i}`, message: `${window[1]} is not after ${window[0]}` }];
    const other = seen.find((s) => s.from < to && from < s.to);
    seen.push({ window, from, to });
    const overlap = `${window.join(' to ')} overlaps ${other?.window.join(' to ')}`;
    return other === undefined ? [] : [{ path: `${path}.${i}`, message: overlap }];
  });
}

function noDate(text: string): string {
  return `${JSON.stringify(text)} is no date; right is for example 2026-12-24`;
}

function noTime(text: string): string {
  return `${JSON.stringify(text)} is no time of day; right is 00:00 to 24:00`;
}
