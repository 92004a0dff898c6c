import {
  type CalendarLayer,
  isCalendarLayer,
  type Override,
  type RotationLayer,
  type Schedule,
} from '../../domain/schedule.ts';
import type { Shift } from '../../domain/on-call.ts';
import { clockOf, minutesOf } from './wall-clock-oracle.ts';

/*
 * Slow and independent of the code under test: each minute is looked at by itself. A wall-clock time has come from the
 * first minute at which the clocks of the zone have ever shown it, which is the rule for gaps and repeated hours.
 */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

interface Minute {
  readonly at: number;
  readonly users: readonly string[];
  /** Differs where a shift ends. */
  readonly key: string;
  readonly source: Shift['source'];
}

/** Who is on duty between two whole minutes; every layer begins at one. */
export function rosterByMinutes(schedule: Schedule, from: number, to: number): Shift[] {
  const layers = schedule.layers.map((layer) =>
    isCalendarLayer(layer) ? writtenMinutes(layer) : minutesOfLayer(layer, schedule.timeZone, to),
  );
  const shifts: (Shift & { key: string })[] = [];
  for (let at = from; at < to; at += minute) {
    const found = withOverrides(schedule.overrides ?? [], at, topmost(layers, at));
    if (found === undefined) continue;
    const { users, key, source } = found;
    const last = shifts.at(-1);
    if (last?.end === at && last.key === key) shifts[shifts.length - 1] = { ...last, end: at + minute };
    else shifts.push({ start: at, end: at + minute, users, shadows: [], source, key });
  }
  return shifts.map(({ key: _key, ...shift }) => shift);
}

type Found = Omit<Minute, 'at'>;

function topmost(layers: readonly ReadonlyMap<number, { turn: number; users: readonly string[] }>[], at: number) {
  const layer = layers.findLastIndex((minutes) => minutes.has(at));
  const duty = layers[layer]?.get(at);
  if (duty === undefined) return undefined;
  return { users: duty.users, key: `${layer}/${duty.turn}/${duty.users.join()}`, source: { layer } } satisfies Found;
}

function withOverrides(overrides: readonly Override[], at: number, beneath: Found | undefined): Found | undefined {
  let found = beneath;
  overrides.forEach((override, index) => {
    if (at < Date.parse(override.start) || Date.parse(override.end) <= at) return;
    const { user, replaces, adds } = override;
    const users = found?.users ?? [];
    let outcome = users;
    if (user !== undefined && replaces === undefined) outcome = [user];
    if (replaces !== undefined && users.includes(replaces)) {
      outcome = users.flatMap((u) => (u !== replaces ? [u] : user === undefined ? [] : [user]));
    }
    if (adds !== undefined) outcome = [...outcome, adds];
    const once = outcome.filter((u, i) => outcome.indexOf(u) === i);
    const all = user !== undefined && replaces === undefined;
    if (!all && once.join() === users.join()) return;
    found =
      once.length === 0
        ? undefined
        : { users: once, key: `override ${index}/${once.join()}`, source: { override: index } };
  });
  return found;
}

/** Of shifts that begin and end at whole minutes. */
function writtenMinutes({ shifts }: CalendarLayer) {
  const minutes = new Map<number, { turn: number; users: readonly string[] }>();
  const inOrder = shifts.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  inOrder.forEach(({ start, end, users }, turn) => {
    for (let at = Date.parse(start); at < Date.parse(end); at += minute) {
      minutes.set(at, { turn, users: [...new Set([...(minutes.get(at)?.users ?? []), ...users])] });
    }
  });
  return minutes;
}

function minutesOfLayer(layer: RotationLayer, timeZone: string, to: number) {
  const clock = clockOf(timeZone);
  const start = Date.parse(layer.rotation.start);
  const until = layer.until === undefined ? Infinity : Date.parse(layer.until);
  const people = layer.participants.map((p) => (typeof p === 'string' ? [p] : p));
  const turns = new Map<number, { at: number; weight: number }[]>();
  for (const { at, latest } of minutesOf(timeZone, start, Math.min(to + week, until))) {
    if (!allowed(layer, latest)) continue;
    const turn = turnAt(layer, clock(start), latest);
    turns.set(turn, [...(turns.get(turn) ?? []), { at, weight: weightAt(layer, clock(at)) }]);
  }
  const minutes = new Map<number, { turn: number; users: readonly string[] }>();
  const carried = new Map<string, number>();
  const load = (users: readonly string[]) => users.reduce((sum, u) => sum + (carried.get(u) ?? 0), 0) / users.length;
  [...turns]
    .toSorted(([a], [b]) => a - b)
    .forEach(([turn, all], nth) => {
      const loads = people.map(load);
      const owner = layer.fair === true ? loads.indexOf(Math.min(...loads)) : nth % people.length;
      const users = people[owner] as string[];
      for (const { at, weight } of all) {
        minutes.set(at, { turn, users });
        for (const user of users) carried.set(user, (carried.get(user) ?? 0) + weight * minute);
      }
    });
  return minutes;
}

function turnAt({ rotation: { type, shiftLength } }: RotationLayer, start: number, latest: number): number {
  if (type !== 'monthly')
    return Math.floor((latest - start) / ({ hourly: hour, daily: day, weekly: week }[type] * shiftLength));
  const [a, b] = [new Date(start), new Date(latest)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const lastOfMonth = new Date(Date.UTC(b.getUTCFullYear(), b.getUTCMonth() + 1, 0)).getUTCDate();
  const handoff = Date.UTC(b.getUTCFullYear(), b.getUTCMonth(), Math.min(a.getUTCDate(), lastOfMonth)) + (start % day);
  return Math.floor((latest < handoff ? months - 1 : months) / shiftLength);
}

function allowed({ restrictions }: RotationLayer, latest: number): boolean {
  if (restrictions === undefined || restrictions.length === 0) return true;
  const shown = new Date(latest);
  const time = shown.toISOString().slice(11, 16);
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const today = names[shown.getUTCDay()] as 'sun';
  const yesterday = names[(shown.getUTCDay() + 6) % 7] as 'sun';
  return restrictions.some(({ days, from, to }) =>
    to > from
      ? days.includes(today) && from <= time && time < to
      : (days.includes(today) && from <= time) || (days.includes(yesterday) && time < to),
  );
}

/** Whole, as the sums of a fair layer have to be: a tie must be one. */
function weightAt({ weights }: RotationLayer, shown: number): number {
  const date = new Date(shown);
  const weekend = [0, 6].includes(date.getUTCDay());
  const night = date.getUTCHours() >= 22 || date.getUTCHours() < 6;
  const weight = weekend ? (weights?.weekend ?? 2) : night ? (weights?.night ?? 1.5) : 1;
  return Math.round(weight * 1000);
}
