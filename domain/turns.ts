/** The turns of a rotation: where each begins on the wall clock, and which of them leave anybody any time. */

import { allowedWithin, leavesTime, type WeeklyWindows } from './restrictions.ts';
import type { RotationType } from './schedule.ts';
import type { Span } from './spans.ts';
import { addMonths, dayLength, type WallTime, weekLength, type Zone } from './wall-clock.ts';

export interface TurnRules {
  readonly zone: Zone;
  readonly type: RotationType;
  readonly shiftLength: number;
  /** The instant at which turn 0 begins. */
  readonly start: number;
  /** The instant at which there are no more turns; Infinity where it never comes. */
  readonly until: number;
  readonly windows: WeeklyWindows;
}

const hour = 60 * 60 * 1000;
const lengths = { hourly: hour, daily: dayLength, weekly: weekLength };

/**
 * Turns are counted from 0. Turn 0 begins at the rotation's start, every other at a wall-clock time: a time that does not
 * exist is the first instant after the gap, one that exists twice is the first. A monthly handoff on a day that a month
 * lacks is on the month's last day, and on the day itself again where there is one.
 */
export class Turns {
  readonly #rules: TurnRules;
  readonly #firstWall: WallTime;
  /** Of a turn, on the wall clock; null for months, which differ. */
  readonly #length: number | null;
  /** For each turn of one period, how many turns before it in the period leave time; null where every turn does. */
  readonly #livePerPeriod: readonly number[] | null;

  /** Turns that have time on the wall clock, and that its jumps leave without any; ascending, as far as looked for. */
  readonly #dead: number[] = [];
  #nextChange: number;

  constructor(rules: TurnRules) {
    this.#rules = rules;
    this.#firstWall = rules.zone.toWall(rules.start);
    this.#length = rules.type === 'monthly' ? null : lengths[rules.type] * rules.shiftLength;
    this.#livePerPeriod = this.#countPeriod();
    this.#nextChange = rules.zone.nextChange(rules.start);
    // It begins where it begins, whatever the clock shows there.
    this.#lookAt(0);
  }

  /** The turn under way at an instant; negative before turn 0. */
  at(instant: number): number {
    const { start, zone } = this.#rules;
    if (instant < start) return -1;
    let turn = Math.max(0, this.#atWall(zone.toWall(instant)));
    // Where clocks were put back, they show once more what they showed in an earlier turn.
    while (this.startOf(turn + 1) <= instant) turn += 1;
    while (turn > 0 && this.startOf(turn) > instant) turn -= 1;
    return turn;
  }

  /** The instant at which a turn begins, whether or not it leaves any time. */
  startOf(turn: number): number {
    const { start, zone } = this.#rules;
    return turn <= 0 ? start : Math.max(start, zone.toInstant(this.#wallOf(turn)));
  }

  endOf(turn: number): number {
    return Math.min(this.startOf(turn + 1), this.#rules.until);
  }

  /** When there is duty in a turn: ascending spans, none for a turn that leaves nobody any time. */
  dutyOf(turn: number): Span[] {
    const { windows, zone } = this.#rules;
    return allowedWithin(windows, zone, this.startOf(turn), this.endOf(turn));
  }

  /**
   * How many of the turns before this one leave time, so that they use up somebody. Counted by periods, since rotations
   * run for decades; only the turns about a jump of the clock are looked at one by one.
   */
  liveBefore(turn: number): number {
    if (turn <= 0) return 0;
    this.#lookForDead(this.startOf(turn));
    return this.#liveOnTheWall(turn) - this.#dead.filter((dead) => dead < turn).length;
  }

  #wallOf(turn: number): WallTime {
    if (this.#length !== null) return this.#firstWall + turn * this.#length;
    return addMonths(this.#firstWall, turn * this.#rules.shiftLength);
  }

  #atWall(wall: WallTime): number {
    if (this.#length !== null) return Math.floor((wall - this.#firstWall) / this.#length);
    const { shiftLength } = this.#rules;
    const turn = Math.floor(monthsBetween(this.#firstWall, wall) / shiftLength);
    return this.#wallOf(turn + 1) <= wall ? turn + 1 : this.#wallOf(turn) > wall ? turn - 1 : turn;
  }

  #isLiveOnTheWall(turn: number): boolean {
    return leavesTime(this.#rules.windows, this.#wallOf(turn), this.#wallOf(turn + 1));
  }

  /** A week holds every window, so only turns that are shorter can be left without time, and they repeat by the week. */
  #countPeriod(): number[] | null {
    const { windows } = this.#rules;
    if (windows === null || this.#length === null || this.#length >= weekLength) return null;
    const before = [0];
    for (let turn = 0; turn === 0 || (turn * this.#length) % weekLength !== 0; turn += 1) {
      before.push((before[turn] ?? 0) + (this.#isLiveOnTheWall(turn) ? 1 : 0));
    }
    return before;
  }

  #liveOnTheWall(turn: number): number {
    const counts = this.#livePerPeriod;
    if (counts === null) return turn;
    const period = counts.length - 1;
    return Math.floor(turn / period) * (counts[period] as number) + (counts[turn % period] as number);
  }

  /** Looks at the turns about every change of the clock up to an instant. */
  #lookForDead(until: number): void {
    const { zone } = this.#rules;
    for (; this.#nextChange <= until; this.#nextChange = zone.nextChange(this.#nextChange)) {
      const [before, after] = [zone.toWall(this.#nextChange - 1) + 1, zone.toWall(this.#nextChange)];
      const last = this.#atWall(after - 1);
      for (let turn = Math.max(1, this.#atWall(before)); turn <= last; turn += 1) this.#lookAt(turn);
    }
  }

  #lookAt(turn: number): void {
    const { windows, zone } = this.#rules;
    if (!this.#isLiveOnTheWall(turn)) return;
    if (allowedWithin(windows, zone, this.startOf(turn), this.startOf(turn + 1)).length === 0) this.#dead.push(turn);
  }
}

function monthsBetween(from: WallTime, to: WallTime): number {
  const [a, b] = [new Date(from), new Date(to)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}
