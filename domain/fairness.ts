/** How duty was shared between people: hours, nights and weekends, and what they weigh. */

import { type DutyKind, partsByKind } from './duty-weight.ts';
import type { Shift } from './on-call.ts';
import { defaultWeights, type Weights } from './schedule.ts';
import { zoneNamed } from './wall-clock.ts';

export interface DutyShare {
  readonly user: string;
  /** Of all duty, and of it the nights of working days, and the weekends with their nights. */
  readonly hours: number;
  readonly nightHours: number;
  readonly weekendHours: number;
  /** Hours by what they weigh. */
  readonly weightedHours: number;
  readonly shifts: number;
}

const hour = 60 * 60 * 1000;

/** One share for each person who has duty, the heaviest first; then by id. */
export function sharesOf(shifts: readonly Shift[], timeZone: string, weights: Weights = {}): DutyShare[] {
  const zone = zoneNamed(timeZone);
  const perKind = { day: 1, ...defaultWeights, ...weights };
  const sums = new Map<string, Record<DutyKind, number> & { shifts: number }>();
  for (const { start, end, users } of shifts) {
    const parts = [...partsByKind(zone, start, end)];
    for (const user of users) {
      const sum = sums.get(user) ?? { day: 0, night: 0, weekend: 0, shifts: 0 };
      for (const { kind, length } of parts) sum[kind] += length;
      sum.shifts += 1;
      sums.set(user, sum);
    }
  }
  return [...sums]
    .map(([user, { day, night, weekend, shifts: count }]) => ({
      user,
      hours: inHours(day + night + weekend),
      nightHours: inHours(night),
      weekendHours: inHours(weekend),
      weightedHours: inHours(day * perKind.day + night * perKind.night + weekend * perKind.weekend),
      shifts: count,
    }))
    .toSorted((a, b) => b.weightedHours - a.weightedHours || (a.user < b.user ? -1 : 1));
}

/** To the hundredth. */
function inHours(ms: number): number {
  return Math.round((ms / hour) * 100) / 100;
}
