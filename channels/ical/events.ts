import ical from 'node-ical';
import type { CalendarResponse, VEvent } from 'node-ical';
import { endOfInstants } from '../../domain/instant.ts';
import { dayLength, isTimeZone, type Zone, zoneNamed } from '../../domain/wall-clock.ts';
import { calendarProblem, cleanCalendar, uidMark } from './calendar-text.ts';

/** One occurrence of an event. */
export interface CalendarEvent {
  /** `<UID>/<start>`. */
  readonly uid: string;
  readonly start: number;
  readonly end: number;
  /** What the event is called; empty where it has no name. */
  readonly summary: string;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

const mostOccurrences = 5000;
const longestSummary = 500;
/** A rule that nothing fits takes as long as one that fits always, and a file can hold thousands. */
const patienceMs = 3000;

/**
 * What of an iCalendar (RFC 5545) overlaps the window, in order: whatever is neither cancelled nor transparent. Days, and
 * times without a zone, are those of `timeZone`.
 * @throws FieldProblems for what is no calendar, or too much
 */
export function readEvents(text: string, window: Window, timeZone: string): CalendarEvent[] {
  const found = new Map<string, CalendarEvent>();
  const zone = zoneNamed(timeZone);
  const deadline = performance.now() + patienceMs;
  for (const event of Object.values(parsed(cleanCalendar(text, timeZone)))) {
    if (event?.type !== 'VEVENT') continue;
    if (performance.now() > deadline) throw calendarProblem('takes too long to read');
    for (const absence of eventsOf(event, window, zone)) found.set(absence.uid, absence);
    if (found.size > mostOccurrences) {
      throw calendarProblem(`has more than ${mostOccurrences} occurrences in the time that is read`);
    }
  }
  return [...found.values()].toSorted((a, b) => a.start - b.start);
}

function parsed(text: string): CalendarResponse {
  try {
    return ical.sync.parseICS(text);
  } catch (error) {
    throw calendarProblem(`cannot be read: ${(error as Error).message.slice(0, 200).toWellFormed()}`);
  }
}

/** An event, its recurrences, and those of them that were changed: wherever they were moved to. */
function eventsOf(event: VEvent, window: Window, zone: Zone): CalendarEvent[] {
  // A changed occurrence that came without its series is one of the changes, too.
  const regular: Occurrence[] =
    event.recurrenceid === undefined && takesTime(event) ? occurrencesOf(event, window) : [];
  const changes = new Set(Object.values(event.recurrences ?? {}) as VEvent[]);
  const changed: Occurrence[] = [...changes].filter(takesTime);
  return [...regular, ...changed].flatMap((occurrence) => {
    const [start, end] = spanOf(occurrence, zone);
    if (!(start < end && start < window.to && window.from < end)) return [];
    requireZones(occurrence);
    const uid = `${event.uid.slice(uidMark.length)}/${new Date(start).toISOString()}`;
    return [{ uid, start, end: Math.min(end, endOfInstants - 1), summary: nameOf(occurrence) }];
  });
}

function takesTime({ status, transparency }: Pick<VEvent, 'status' | 'transparency'>): boolean {
  return status !== 'CANCELLED' && transparency !== 'TRANSPARENT';
}

type Occurrence = Pick<VEvent, 'start' | 'end' | 'uid' | 'summary'>;

/** Without those that were changed. */
function occurrencesOf(event: VEvent, { from, to }: Window): Occurrence[] {
  if (event.rrule === undefined) return [event];
  // The days of the window are those of this machine's zone to the parser.
  const options = { from: new Date(from - 2 * dayLength), to: new Date(to + 2 * dayLength), expandOngoing: true };
  try {
    const instances = ical.expandRecurringEvent(event, options).filter(({ isOverride }) => !isOverride);
    return instances.map(({ start, end }) => ({ start, end, uid: event.uid, summary: event.summary }));
  } catch (error) {
    throw calendarProblem(`${named(event)}: its rule cannot be followed: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** The parser gives days as midnights of this machine's zone, and as many times 24 hours, which days need not have. */
function spanOf(occurrence: Occurrence, zone: Zone): [start: number, end: number] {
  const { start } = occurrence;
  const end = occurrence.end ?? start;
  if (!(start instanceof Date) || !(end instanceof Date) || Number.isNaN(start.getTime() + end.getTime())) {
    throw calendarProblem(`${named(occurrence)} has a start or an end that cannot be read`);
  }
  if (start.dateOnly !== true) return [start.getTime(), end.getTime()];
  const day = Date.UTC(start.getFullYear(), start.getMonth(), start.getDate());
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / dayLength));
  return [zone.toInstant(day), zone.toInstant(day + days * dayLength)];
}

/** Where the parser does not know a zone, it takes this machine's. */
function requireZones(occurrence: Occurrence): void {
  for (const date of [occurrence.start, occurrence.end]) {
    const tz = date?.tz;
    const isKnown = tz === undefined || isTimeZone(tz) || /[+-]\d/.test(tz);
    if (!isKnown) throw calendarProblem(`${named(occurrence)} has the time zone "${tz}", which is not known`);
  }
}

function named({ uid }: Occurrence): string {
  return `the event ${uid.slice(uidMark.length, 100)}`.toWellFormed();
}

function nameOf({ summary = '' }: Partial<Occurrence>): string {
  return (summary as string).slice(0, longestSummary).toWellFormed();
}
