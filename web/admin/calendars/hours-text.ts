import type { Calendar } from '../../api/types.ts';

/** Hours as people type them, `09:00-12:00, 13:00-17:00`, and as the API has them. What is none is left to it to refuse. */
export type Windows = NonNullable<Calendar['special']>[string];

export function windowsText(windows: Windows = []): string {
  return windows.map(([from, to]) => `${from}-${to}`).join(', ');
}

export function windowsIn(text: string): Windows {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [from = '', to = ''] = part.split(/\s*[-–—]\s*/);
      return [twoDigits(from), twoDigits(to)];
    });
}

/** `9` and `9:00` are `09:00`. */
function twoDigits(time: string): string {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?::(\d\d))?$/.exec(time.trim()) ?? [];
  return hours === undefined ? time.trim() : `${hours.padStart(2, '0')}:${minutes}`;
}

export function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Days with hours of their own, one a line: `2026-12-24 09:00-12:00`. */
export function specialText(special: Calendar['special'] = {}): string {
  return Object.entries(special)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, windows]) => `${date} ${windowsText(windows)}`.trim())
    .join('\n');
}

export function specialIn(text: string): NonNullable<Calendar['special']> {
  return Object.fromEntries(
    linesIn(text).map((line) => {
      const [date = '', ...hours] = line.split(/\s+/);
      return [date, windowsIn(hours.join(' '))];
    }),
  );
}
