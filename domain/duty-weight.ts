/** What duty weighs for fairness: nights and weekends more than a working day. */

import { defaultWeights, type Weights } from './schedule.ts';
import { dayLength, startOfDay, type WallTime, weekdayOf, type Zone } from './wall-clock.ts';

const hour = 60 * 60 * 1000;
export const nightEnds = 6 * hour;
export const nightBegins = 22 * hour;

export type DutyKind = 'day' | 'night' | 'weekend';

/** What kind of duty a time on the wall clock is; a weekend's night is weekend. */
export function kindOf(wall: WallTime): DutyKind {
  const day = weekdayOf(wall);
  if (day === 'sat' || day === 'sun') return 'weekend';
  const time = wall - startOfDay(wall);
  return time < nightEnds || time >= nightBegins ? 'night' : 'day';
}

/** Cuts the time between two instants so that each part is of one kind; the parts are ascending and touch. */
export function* partsByKind(
  zone: Zone,
  from: number,
  to: number,
): Generator<{ readonly kind: DutyKind; readonly length: number }> {
  for (let start = from; start < to;) {
    const wall = zone.toWall(start);
    const midnight = startOfDay(wall);
    const bounds = [midnight + nightEnds, midnight + nightBegins, midnight + dayLength];
    const next = zone.toInstant(bounds.find((bound) => bound > wall) as WallTime);
    // A bound that the clocks have shown before they were put back lies behind; the change itself is the next cut then.
    const change = zone.nextChange(start);
    const end = Math.min(next > start ? next : change, change, to);
    yield { kind: kindOf(wall), length: end - start };
    start = end;
  }
}

/** In thousandths of a millisecond of a working day, whole, so that sums do not depend on their order. */
export function weightOf(zone: Zone, from: number, to: number, weights: Weights = {}): number {
  const { night, weekend } = { ...defaultWeights, ...weights };
  const perKind = { day: 1000, night: Math.round(night * 1000), weekend: Math.round(weekend * 1000) };
  let weight = 0;
  for (const { kind, length } of partsByKind(zone, from, to)) weight += length * perKind[kind];
  return weight;
}
