/** Weekly windows on the wall clock in which a layer has duty. */

import type { Restriction } from './schedule.ts';
import { normalize, type Span } from './spans.ts';
import {
  dayLength,
  parseTimeOfDay,
  startOfWeek,
  type WallTime,
  weekdays,
  weekLength,
  type Zone,
} from './wall-clock.ts';

/** Windows within one week, in milliseconds since its Monday's midnight; null where every time is allowed. */
export type WeeklyWindows = readonly Span[] | null;

/** How long a restriction's window is, in milliseconds on the wall clock; undefined for times that are none. */
export function windowLength({ from, to }: Pick<Restriction, 'from' | 'to'>): number | undefined {
  const [opens, closes] = [parseTimeOfDay(from), parseTimeOfDay(to)];
  if (opens === undefined || closes === undefined) return undefined;
  return closes > opens ? closes - opens : closes + dayLength - opens;
}

/** What restrictions without problems allow; a window over the week's end is two. */
export function weeklyWindows(restrictions: readonly Restriction[] | undefined): WeeklyWindows {
  if (restrictions === undefined || restrictions.length === 0) return null;
  const windows = restrictions.flatMap((restriction) =>
    restriction.days.flatMap((day): Span[] => {
      const from = weekdays.indexOf(day) * dayLength + (parseTimeOfDay(restriction.from) ?? 0);
      const to = from + (windowLength(restriction) ?? 0);
      return [
        [Math.min(from, weekLength), Math.min(to, weekLength)],
        [Math.max(from, weekLength) - weekLength, Math.max(to, weekLength) - weekLength],
      ];
    }),
  );
  const allowed = normalize(windows);
  const [first] = allowed;
  return first?.[0] === 0 && first[1] === weekLength ? null : allowed;
}

/** Whether the windows leave anything of a stretch on the wall clock. */
export function leavesTime(windows: WeeklyWindows, from: WallTime, to: WallTime): boolean {
  if (windows === null || to - from >= weekLength) return true;
  const week = startOfWeek(from);
  return windows.some(
    ([opens, closes]) =>
      (week + opens < to && from < week + closes) ||
      (week + weekLength + opens < to && from < week + weekLength + closes),
  );
}

/** What the windows leave of the time between two instants, as ascending spans of instants; they may touch. */
export function allowedWithin(windows: WeeklyWindows, zone: Zone, from: number, to: number): Span[] {
  if (to <= from) return [];
  if (windows === null) return [[from, to]];
  const allowed: Span[] = [];
  // A day more on both sides: clocks that are put back show again what they have shown before.
  const [first, last] = [zone.toWall(from) - dayLength, zone.toWall(to) + dayLength];
  for (let week = startOfWeek(first); week < last; week += weekLength) {
    for (const [opens, closes] of windows) {
      if (week + closes <= first || last <= week + opens) continue;
      const start = Math.max(zone.toInstant(week + opens), from);
      const end = Math.min(zone.toInstant(week + closes), to);
      if (start < end) allowed.push([start, end]);
    }
  }
  return allowed;
}
