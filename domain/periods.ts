/** Days, weeks and months as the clocks of a time zone have them. */
import { addMonths, dayLength, startOfDay, startOfWeek, type WallTime, weekLength, zoneNamed } from './wall-clock.ts';

export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/**
 * When the periods begin that have time from `from` up to, not including, `to`: the first at `from` itself, the others at
 * midnight, weeks on Mondays. A midnight that does not exist is the first instant after the gap; a day that does not
 * exist at all is left out.
 */
export function periodStarts(timeZone: string, interval: Interval, from: number, to: number): number[] {
  const zone = zoneNamed(timeZone);
  const starts = [from];
  for (let wall = following(interval, zone.toWall(from)); ; wall = following(interval, wall)) {
    const start = zone.toInstant(wall);
    if (start >= to) return starts;
    if (start > (starts.at(-1) ?? from)) starts.push(start);
  }
}

function following(interval: Interval, wall: WallTime): WallTime {
  const midnight = startOfDay(wall);
  if (interval === 'day') return midnight + dayLength;
  if (interval === 'week') return startOfWeek(wall) + weekLength;
  return addMonths(midnight - (new Date(midnight).getUTCDate() - 1) * dayLength, 1);
}
