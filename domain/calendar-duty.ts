/** Duty that is written out, read once to be asked many times. */

import { parseInstant } from './instant.ts';
import type { Duty, DutySource, Rota } from './layer-duty.ts';
import type { CalendarLayer } from './schedule.ts';
import type { Staff } from './staff.ts';

/** A person in a shift, for as long as the person works here. */
interface Part {
  readonly user: string;
  readonly start: number;
  readonly end: number;
  /** Counts the shifts by their start. */
  readonly shift: number;
}

/** A layer of shifts, without problems. */
export class CalendarRota implements Rota {
  readonly #duty: readonly Duty[];

  constructor({ shifts }: CalendarLayer, source: DutySource, staff: Staff) {
    this.#duty = dutyOf(partsOf(shifts, staff), source);
  }

  between(from: number, to: number): Duty[] {
    const duty: Duty[] = [];
    for (let i = this.#firstAfter(from); i < this.#duty.length; i += 1) {
      const next = this.#duty[i] as Duty;
      if (next.start >= to) break;
      duty.push({ ...next, start: Math.max(next.start, from), end: Math.min(next.end, to) });
    }
    return duty;
  }

  /** The number of the first duty that ends after an instant. */
  #firstAfter(instant: number): number {
    let [low, high] = [0, this.#duty.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#duty[middle] as Duty).end > instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function partsOf(shifts: CalendarLayer['shifts'], staff: Staff): Part[] {
  return shifts
    .map(({ start, end, users }) => ({ start: parseInstant(start) ?? 0, end: parseInstant(end) ?? 0, users }))
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ start, end, users }, shift) =>
      [...new Set(users)].flatMap((user) => {
        const [from, until] = staff.presence(user) ?? [end, end];
        const part = { user, start: Math.max(start, from), end: Math.min(end, until), shift };
        return part.start < part.end ? [part] : [];
      }),
    )
    .toSorted((a, b) => a.start - b.start);
}

/** Cut wherever somebody comes or goes. What is cut belongs to the shift that began last. */
function dutyOf(parts: readonly Part[], source: DutySource): Duty[] {
  const duty: Duty[] = [];
  const cuts = [...new Set(parts.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  let there: Part[] = [];
  let next = 0;
  cuts.slice(0, -1).forEach((start, i) => {
    there = there.filter((part) => part.end > start);
    for (; parts[next]?.start === start; next += 1) there.push(parts[next] as Part);
    if (there.length === 0) return;
    const byShift = there.toSorted((a, b) => a.shift - b.shift);
    const users = [...new Set(byShift.map((part) => part.user))];
    const turn = byShift.at(-1)?.shift ?? null;
    duty.push({ start, end: cuts[i + 1] as number, users, shadows: [], source, turn });
  });
  return duty;
}
