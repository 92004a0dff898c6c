/** Instants as the API writes them, RFC 3339, and epoch milliseconds as everything else counts them. */

import { dayLength, parseDate } from './wall-clock.ts';

/** RFC 3339 has four digits for the year: these are its first instant and the first that it cannot write. */
const firstInstant = Date.parse('0000-01-01T00:00:00Z');
export const endOfInstants = Date.parse('9999-12-31T00:00:00Z') + dayLength;

const shape =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * The instant that a text such as `2026-01-05T09:00:00Z` or `2026-01-05T12:00:00.25+03:00` names; undefined where it
 * names none, a leap second included. What is less than a millisecond is dropped.
 */
export function parseInstant(text: string): number | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, date = '', hours, minutes, seconds, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const midnight = parseDate(date);
  if (midnight === undefined) return undefined;
  const wall = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  const instant = wall - (sign === '-' ? -offset : offset) + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return firstInstant <= instant && instant < endOfInstants ? instant : undefined;
}

/** In UTC, with milliseconds only where there are some: `2026-01-05T09:00:00Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** What to say of a text that names no instant. */
export function noInstant(text: string): string {
  return `${JSON.stringify(text)} is no RFC 3339 instant; right is for example 2026-01-05T09:00:00Z`;
}
