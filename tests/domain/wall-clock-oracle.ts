import type { Calendar } from '../../domain/calendar.ts';
import type { Span } from '../../domain/spans.ts';

/*
 * Slow and independent of the code under test: what the clocks of a zone show is asked of Intl for each minute, and a
 * window is open from the first minute at which they have ever shown its start to the first at which they have ever
 * shown its end. That is the rule for gaps and repeated hours, word for word.
 */

const minute = 60_000;
const day = 24 * 60 * minute;

const clocks = new Map<string, (instant: number) => number>();

/** What the clocks of a zone show at an instant, as milliseconds since they showed 1970-01-01 00:00. */
export function clockOf(timeZone: string): (instant: number) => number {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const read = (instant: number) => {
    const [month, date, year, ...time] = format.format(instant).match(/\d+/g)?.map(Number) ?? [];
    const [hours = 0, minutes = 0, seconds = 0] = time;
    const milliseconds = ((instant % 1000) + 1000) % 1000;
    return Date.UTC(year ?? 0, (month ?? 0) - 1, date, hours, minutes, seconds) + milliseconds;
  };
  // The same few days are walked through again and again.
  const shown = new Map<number, number>();
  const clock = (instant: number) => {
    const wall = shown.get(instant) ?? read(instant);
    shown.set(instant, wall);
    return wall;
  };
  clocks.set(timeZone, clock);
  return clock;
}

/** Each minute from `from` to `to` with the latest time that the clocks of the zone have shown up to it. */
export function* minutesOf(timeZone: string, from: number, to: number): Generator<{ at: number; latest: number }> {
  const clock = clockOf(timeZone);
  let latest = -Infinity;
  // No jump back is longer than a day, so the time before the day before cannot have shown anything later.
  for (let at = from - day - 2 * 60 * minute; at < to; at += minute) {
    latest = Math.max(latest, clock(at));
    if (at >= from) yield { at, latest };
  }
}

/** The open time of a calendar between two whole minutes. */
export function openMinutes(calendar: Calendar, from: number, to: number): Span[] {
  const spans: [number, number][] = [];
  for (const { at, latest } of minutesOf(calendar.timeZone, from, to)) {
    if (!isOpen(calendar, new Date(latest))) continue;
    const last = spans.at(-1);
    if (last?.[1] === at) last[1] += minute;
    else spans.push([at, at + minute]);
  }
  return spans;
}

function isOpen({ hours, holidays, special }: Calendar, shown: Date): boolean {
  const date = shown.toISOString().slice(0, 10);
  const time = shown.toISOString().slice(11, 16);
  const weekday = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[shown.getUTCDay()] as 'mon';
  const usual = hours === 'always' ? [['00:00', '24:00'] as const] : (hours[weekday] ?? []);
  const windows = special?.[date] ?? (holidays?.includes(date) ? [] : usual);
  return windows.some(([opens, closes]) => opens <= time && time < closes);
}

/** Zones and instants around which their clocks jump, in all the ways that they do. */
export const jumps: readonly (readonly [timeZone: string, instant: string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Europe/London', '2027-10-31T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/St_Johns', '2010-11-07T02:31:00Z'],
  ['America/St_Johns', '2010-03-14T03:31:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00:00Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['Australia/Adelaide', '2026-10-03T16:30:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00:00Z'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Asia/Tokyo', '2026-12-31T15:00:00Z'],
  ['UTC', '2028-02-29T00:00:00Z'],
];
