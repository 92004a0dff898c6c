/**
 * Who is on duty: the one answer for rosters, pages and calendars alike. Time is half-open, from a start up to its end,
 * and the answer for an instant does not depend on the window that is asked for.
 */

import { parseInstant } from './instant.ts';
import { CalendarRota } from './calendar-duty.ts';
import { type Duty, LayerRota, type Rota } from './layer-duty.ts';
import { isCalendarLayer, type Override, type Schedule } from './schedule.ts';
import { type Span, subtract } from './spans.ts';
import { anybody, type Staff } from './staff.ts';
import type { Joins } from './training.ts';
import { dayLength, zoneNamed } from './wall-clock.ts';

/** Clipped to the window that was asked for. */
export type Shift = Omit<Duty, 'turn'>;

interface ReadOverride extends Omit<Override, 'start' | 'end'> {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** No shift is looked for over a longer time. */
const longestShift = 20 * 366 * dayLength;
const furthestHandoff = 400 * dayLength;

/** A schedule without problems, read once to be asked many times. */
export class OnCall {
  readonly #layers: readonly Rota[];
  readonly #overrides: readonly ReadOverride[];

  constructor(schedule: Schedule, staff: Staff = anybody, joins: Joins = new Map()) {
    const zone = zoneNamed(schedule.timeZone);
    this.#layers = schedule.layers.map((l, layer) =>
      isCalendarLayer(l)
        ? new CalendarRota(l, { layer }, staff)
        : new LayerRota(l, { layer }, zone, staff, joins.get(layer)),
    );
    this.#overrides = (schedule.overrides ?? []).map((override, index) => ({
      ...override,
      index,
      start: parseInstant(override.start) as number,
      end: parseInstant(override.end) as number,
    }));
  }

  /** Clipped to the window, in order. */
  shifts(from: number, to: number): Shift[] {
    return joined(this.#duty(from, to, this.#overrides)).map(({ turn: _turn, ...shift }) => shift);
  }

  /** What each layer gives by itself, whatever the others and overrides make of it. */
  layers(from: number, to: number): Shift[][] {
    return this.#layers.map((rota) => joined(rota.between(from, to)).map(({ turn: _turn, ...shift }) => shift));
  }

  /** The shift under way; null in a gap. */
  at(instant: number): Shift | null {
    for (let reach = dayLength; ; reach *= 8) {
      const [from, to] = [instant - reach, instant + reach];
      const shift = this.shifts(from, to).find(({ start, end }) => start <= instant && instant < end);
      if (shift === undefined) return null;
      if ((from < shift.start && shift.end < to) || reach > longestShift) return shift;
    }
  }

  /** The next instants after one at which who is on duty changes, or a turn ends; at most so many, within 400 days. */
  handoffs(after: number, most: number): number[] {
    for (let reach = 8 * dayLength; ; reach = Math.min(reach * 8, furthestHandoff)) {
      const [from, to] = [after - dayLength, after + reach];
      const bounds = this.shifts(from, to).flatMap(({ start, end }) => [start, end]);
      const ahead = [...new Set(bounds)].filter((at) => after < at && at < to).toSorted((a, b) => a - b);
      if (ahead.length >= most || reach === furthestHandoff) return ahead.slice(0, most);
    }
  }

  /** Numbers of the overrides within the window that replace somebody who has no duty in all of their time. */
  idleOverrides(from: number, to: number): number[] {
    return this.#overrides
      .filter(({ start, end, replaces }) => replaces !== undefined && start < to && from < end)
      .filter(({ start, end, replaces, index }) => {
        const before = this.#duty(start, end, this.#overrides.slice(0, index));
        return !before.some((duty) => duty.users.includes(replaces as string));
      })
      .map(({ index }) => index);
  }

  #duty(from: number, to: number, overrides: readonly ReadOverride[]): Duty[] {
    let duty: Duty[] = [];
    if (to <= from) return duty;
    for (const rota of this.#layers) duty = covered(duty, rota.between(from, to));
    for (const override of overrides) {
      const [start, end] = [Math.max(override.start, from), Math.min(override.end, to)];
      if (start < end) duty = overridden(duty, override, start, end);
    }
    return duty;
  }
}

/** The time between two instants in which nobody is on duty. */
export function gapsBetween(shifts: readonly Shift[], from: number, to: number): Span[] {
  return subtract(
    [[from, to]],
    shifts.map(({ start, end }) => [start, end]),
  );
}

/** What lies over wins. */
function covered(under: readonly Duty[], over: readonly Duty[]): Duty[] {
  if (over.length === 0 || under.length === 0) return over.length === 0 ? [...under] : [...over];
  const result: Duty[] = [];
  let next = 0;
  for (const duty of under) {
    let from = duty.start;
    while (next < over.length && (over[next] as Duty).start < duty.end) {
      const above = over[next] as Duty;
      if (from < above.start) result.push({ ...duty, start: from, end: above.start });
      from = Math.max(from, above.end);
      if (above.end > duty.end) break;
      result.push(above);
      next += 1;
    }
    if (from === duty.start) result.push(duty);
    else if (from < duty.end) result.push({ ...duty, start: from });
  }
  for (; next < over.length; next += 1) result.push(over[next] as Duty);
  return result;
}

function overridden(duty: readonly Duty[], override: ReadOverride, start: number, end: number): Duty[] {
  const source = { override: override.index };
  const before = duty.filter((d) => d.start < start).map((d) => ({ ...d, end: Math.min(d.end, start) }));
  const after = duty.filter((d) => end < d.end).map((d) => ({ ...d, start: Math.max(d.start, end) }));
  const within: Duty[] = [];
  let from = start;
  const fill = (to: number): void => {
    const users = usersUnder(override, []);
    if (from < to && users.length > 0) within.push({ start: from, end: to, users, shadows: [], source, turn: null });
  };
  for (const d of duty.filter((d) => d.start < end && start < d.end)) {
    const part = { ...d, start: Math.max(d.start, start), end: Math.min(d.end, end) };
    fill(part.start);
    from = part.end;
    const users = usersUnder(override, d.users);
    const takesAll = override.user !== undefined && override.replaces === undefined;
    if (!takesAll && sameList(users, d.users)) within.push(part);
    else if (users.length > 0) {
      within.push({ ...part, users, shadows: d.shadows.filter((s) => !users.includes(s)), source, turn: null });
    }
  }
  fill(end);
  return [...before, ...within, ...after];
}

function usersUnder({ user, replaces, adds }: ReadOverride, users: readonly string[]): readonly string[] {
  let outcome = users;
  if (replaces === undefined) {
    if (user !== undefined) outcome = [user];
  } else if (users.includes(replaces)) {
    outcome = users.flatMap((u) => (u === replaces ? (user ?? []) : u));
  }
  return [...new Set(adds === undefined ? outcome : [...outcome, adds])];
}

/** Parts of one turn, or of one override, that adjoin and are the same become one shift. */
function joined(duty: readonly Duty[]): Duty[] {
  const shifts: Duty[] = [];
  for (const d of duty) {
    const last = shifts.at(-1);
    if (last?.end === d.start && isSameShift(last, d)) shifts[shifts.length - 1] = { ...last, end: d.end };
    else shifts.push(d);
  }
  return shifts;
}

function isSameShift(a: Duty, b: Duty): boolean {
  return (
    a.turn === b.turn &&
    ('layer' in a.source
      ? 'layer' in b.source && a.source.layer === b.source.layer
      : 'override' in b.source && a.source.override === b.source.override) &&
    sameList(a.users, b.users) &&
    sameList(a.shadows, b.shadows)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
