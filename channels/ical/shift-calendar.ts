import { createHash } from 'node:crypto';
import ical, { escape, foldLines, ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import type { ShiftEvent } from './shift-events.ts';

/** In bytes. */
const longestLine = 75;
const refreshSeconds = 60 * 60;
const alarmSecondsBefore = 15 * 60;

/** Shifts as an iCalendar (RFC 5545), written at an instant. */
export function shiftCalendar(name: string, events: readonly ShiftEvent[], at: number): string {
  const calendar = ical({
    // The package escapes what events say, but not the name of the calendar.
    name: escape(printable(name), false),
    prodId: { company: 'Vigil', product: 'On-call shifts', language: 'EN' },
    ttl: refreshSeconds,
  });
  const head = calendar.toString().split('\r\n').slice(0, -1);
  for (const { schedule, shift, summary, isTransparent, hasAlarm } of events) {
    const event = calendar.createEvent({
      id: uidOf(schedule, shift),
      stamp: new Date(at),
      start: new Date(shift.start),
      end: new Date(shift.end),
      summary: printable(summary),
      transparency: isTransparent ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
    if (hasAlarm) {
      event.createAlarm({
        type: ICalAlarmType.display,
        triggerBefore: alarmSecondsBefore,
        description: printable(summary),
      });
    }
  }
  const lines = calendar.events().flatMap((event) => event.toString().split('\r\n').slice(0, -1));
  // The last line has an end, too.
  return [...head, ...lines.map(folded), 'END:VCALENDAR', ''].join('\r\n');
}

/** The package measures each character by itself, which takes seconds for a calendar of hourly shifts. */
function folded(line: string): string {
  return Buffer.byteLength(line) <= longestLine ? line : foldLines(line);
}

/** The same shift has the same UID in whatever feed and whenever it is read, so that calendars know it again. */
function uidOf(schedule: string, { start, users }: ShiftEvent['shift']): string {
  const identity = JSON.stringify([schedule, start, users.toSorted()]);
  return `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}@vigil`;
}

/** Calendars know of all control characters only line ends and tabs. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, ' ');
}
