import { formatInstant } from '../../domain/instant.ts';
import type { WrittenShift } from '../../domain/schedule.ts';
import { calendarProblem } from './calendar-text.ts';
import { type CalendarEvent, readEvents } from './events.ts';

const namedProblems = 5;

/**
 * The shifts of a calendar that is kept elsewhere: each event is one, and its name says who is on duty, by mail address,
 * id or name, separated by commas. What stands behind ` · ` is not looked at: our own calendars name the schedule there.
 * @throws FieldProblems for what is no calendar, or names people that `userNamed` does not know
 */
export function readShifts(
  text: string,
  window: { readonly from: number; readonly to: number },
  timeZone: string,
  userNamed: (name: string) => string | undefined,
): WrittenShift[] {
  const unknown = new Set<string>();
  const shifts = readEvents(text, window, timeZone).map(({ start, end, summary }) => {
    const names = namesIn(summary, userNamed);
    const users = names.flatMap((name) => userNamed(name) ?? []);
    if (names.length === 0 || users.length < names.length) {
      for (const name of names.filter((n) => userNamed(n) === undefined)) unknown.add(name);
      if (names.length === 0) unknown.add('');
    }
    return { start: formatInstant(start), end: formatInstant(end), users: [...new Set(users)] };
  });
  if (unknown.size > 0) throw calendarProblem(wordsOf([...unknown]));
  return shifts;
}

/** There are commas in names, too. */
function namesIn(summary: CalendarEvent['summary'], userNamed: (name: string) => string | undefined): string[] {
  const [people = ''] = summary.split(' · ');
  if (userNamed(people.trim()) !== undefined) return [people.trim()];
  return people
    .split(/[,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function wordsOf(unknown: readonly string[]): string {
  const shown = unknown.slice(0, namedProblems).map((name) => (name === '' ? 'no name at all' : JSON.stringify(name)));
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
  return `has events whose names are not those of one active user: ${shown.join(', ')}${more}; right are mail addresses, ids or names`;
}
