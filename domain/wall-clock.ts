/** What clocks on the wall show in a time zone, and the instants at which they show it. */

import { Temporal } from 'temporal-polyfill';

/**
 * Date and time as a wall clock shows them: milliseconds since it showed 1970-01-01 00:00, with every day 24 hours long.
 * Days, weekdays and times of day are plain arithmetic on it; a time zone makes an instant of it.
 */
export type WallTime = number;

export interface Zone {
  /** As the time zone database spells it. */
  readonly name: string;
  /**
   * The instant at which the zone's clocks show `wall`. A time that does not exist is the first instant after the gap
   * that swallowed it; one that exists twice is the first. So a later wall time is never an earlier instant.
   */
  toInstant(wall: WallTime): number;
  /** What the zone's clocks show at an instant. */
  toWall(instant: number): WallTime;
  /** The first instant after `instant` at which clocks are put forward or back; Infinity where they never are again. */
  nextChange(instant: number): number;
}

/** Time from `from` up to, not including, `to`, in which a zone keeps one offset from UTC. It may have begun earlier. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

export const dayLength = 24 * 60 * 60 * 1000;
const yearLength = 365 * dayLength;

/**
 * The zone database foretells some zones day by day, up to 2087. What it says from here on is yearly rules alone, which
 * repeat as dates and weekdays do: every 400 years.
 */
const rulesAlone = Date.parse('2100-01-01T00:00:00Z');
const calendarCycle = 146_097 * dayLength;

/** Names are looked up in any case, as everywhere; the cache must not grow with the ways to write one. */
const zones = new Map<string, Zone>();

/**
 * A zone by its name in the IANA time zone database (links included), or `UTC`.
 * @throws RangeError for anything else, offsets such as `+03:00` included: they know no summer time.
 */
export function zoneNamed(name: string): Zone {
  const key = name.toLowerCase();
  const known = zones.get(key);
  if (known !== undefined) return known;
  const canonical = canonicalName(name);
  if (canonical === undefined) {
    throw new RangeError(`${JSON.stringify(name)} is no time zone; right is for example Europe/Berlin`);
  }
  const zone = makeZone(canonical);
  zones.set(key, zone);
  return zone;
}

export function isTimeZone(name: string): boolean {
  return zones.has(name.toLowerCase()) || canonicalName(name) !== undefined;
}

function canonicalName(name: string): string | undefined {
  // Temporal would take offsets, and whole dates with a zone in brackets, for the name of a zone.
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(name)) return undefined;
  try {
    return at(0, name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function makeZone(name: string): Zone {
  const years = new Map<number, readonly Stretch[]>();
  let latest: Stretch | undefined;

  /** Asking Temporal costs tenths of a millisecond, what it has answered before next to nothing: hence all this. */
  function stretchAt(instant: number): Stretch {
    if (latest !== undefined && latest.from <= instant && instant < latest.to) return latest;
    const later = calendarCycle * Math.max(0, Math.floor((instant - rulesAlone) / calendarCycle));
    const year = Math.floor((instant - later) / yearLength);
    let stretches = years.get(year);
    if (stretches === undefined) {
      stretches = stretchesOf(name, year * yearLength);
      years.set(year, stretches);
    }
    const { from, to, offset } = stretches.find((stretch) => instant - later < stretch.to) as Stretch;
    latest = { from: from + later, to: to + later, offset };
    return latest;
  }

  return {
    name,
    toInstant(wall) {
      // No offset is as long as a day, so clocks showed less than `wall` a day before: the search goes on from there.
      let stretch = stretchAt(wall - dayLength);
      for (;;) {
        const instant = Math.max(wall - stretch.offset, stretch.from);
        if (instant < stretch.to) return instant;
        stretch = stretchAt(stretch.to);
      }
    },
    toWall(instant) {
      return instant + stretchAt(instant).offset;
    },
    nextChange(instant) {
      return stretchAt(instant).to;
    },
  };
}

/** The stretches that cover the year from `start`. */
function stretchesOf(name: string, start: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = start; from < start + yearLength;) {
    const moment = at(from, name);
    const to = moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    stretches.push({ from, to, offset: moment.offsetNanoseconds / 1_000_000 });
    from = to;
  }
  return stretches;
}

function at(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** The midnight that begins the day of `wall`. */
export function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / dayLength) * dayLength;
}

export function weekdayOf(wall: WallTime): Weekday {
  // 1970-01-01 was a Thursday.
  const number = (Math.floor(wall / dayLength) + 3) % 7;
  return weekdays[(number + 7) % 7] as Weekday;
}

export const weekLength = 7 * dayLength;

/** The midnight that begins the Monday of the week of `wall`. */
export function startOfWeek(wall: WallTime): WallTime {
  // 1970-01-05 was a Monday.
  const firstMonday = 4 * dayLength;
  return Math.floor((wall - firstMonday) / weekLength) * weekLength + firstMonday;
}

/** The same day and time of a later month; where that has no such day, its last. */
export function addMonths(wall: WallTime, months: number): WallTime {
  const date = new Date(wall);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const next = new Date(first);
  const days = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), days);
  return first + (day - 1) * dayLength + (((wall % dayLength) + dayLength) % dayLength);
}

/** The midnight that begins a date such as `2026-12-24`; undefined where there is no such date. */
export function parseDate(text: string): WallTime | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  // A day that the month does not have is a day of the next month to Date.
  return Number.isNaN(midnight) || formatDate(midnight) !== text ? undefined : midnight;
}

export function formatDate(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** Milliseconds from midnight to a time such as `09:00`, up to `24:00`; undefined where there is no such time. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text);
  if (match === null) return undefined;
  return match[1] === undefined ? dayLength : (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}
