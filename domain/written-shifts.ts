/** What a calendar that is read again makes of shifts that were read before. */

import { formatInstant } from './instant.ts';
import type { WrittenShift } from './schedule.ts';

export interface ShiftChanges {
  readonly shifts: readonly WrittenShift[];
  /** A shift that became another counts as one removed and one added. */
  readonly added: number;
  readonly removed: number;
  readonly unchanged: number;
}

/**
 * `wanted` from `now` on, and before it what was: who was on duty stays true. A shift under way that is the same goes on;
 * one that is not ends now.
 */
export function replaceShifts(
  before: readonly WrittenShift[],
  wanted: readonly WrittenShift[],
  now: number,
): ShiftChanges {
  const keys = new Set(wanted.map(keyOf));
  const same = new Set(before.map(keyOf).filter((key) => keys.has(key)));
  const past = before.filter((shift) => Date.parse(shift.end) <= now);
  const gone = before.filter((shift) => Date.parse(shift.end) > now && !same.has(keyOf(shift)));
  const cut = gone
    .filter((shift) => Date.parse(shift.start) < now)
    .map((shift) => ({ ...shift, end: formatInstant(now) }));
  const kept = wanted.filter((shift) => same.has(keyOf(shift)));
  const fresh = wanted.filter((shift) => !same.has(keyOf(shift)) && Date.parse(shift.end) > now);
  const begun = fresh.map((shift) => (Date.parse(shift.start) < now ? { ...shift, start: formatInstant(now) } : shift));
  const shifts = [...past.filter((shift) => !same.has(keyOf(shift))), ...cut, ...kept, ...begun];
  return {
    shifts: shifts.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start)),
    added: fresh.length,
    removed: gone.length,
    unchanged: kept.length,
  };
}

function keyOf({ start, end, users }: WrittenShift): string {
  return JSON.stringify([Date.parse(start), Date.parse(end), users.toSorted()]);
}
