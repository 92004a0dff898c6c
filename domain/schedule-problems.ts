import type { FieldProblem } from './field-problem.ts';
import { noInstant, parseInstant } from './instant.ts';
import { windowLength } from './restrictions.ts';
import {
  type CalendarLayer,
  isCalendarLayer,
  type Layer,
  type Override,
  type Restriction,
  type RotationLayer,
  type Schedule,
  type Shadow,
} from './schedule.ts';
import { isTimeZone, parseTimeOfDay, weekdays } from './wall-clock.ts';

/** Longer ones are mistakes: nobody hands over after a year of hours. */
const longestShift = 9000;
const heaviest = 100;

/** Everything that cannot work in a schedule of the right shape, each with its path, such as `layers.0.rotation.start`. */
export function problemsOfSchedule({ timeZone, layers, overrides = [] }: Schedule): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isTimeZone(timeZone)) {
    const message = `${JSON.stringify(timeZone)} is no time zone; right is for example Europe/Berlin`;
    problems.push({ path: 'timeZone', message });
  }
  if (layers.length === 0) problems.push({ path: 'layers', message: 'a schedule needs at least one layer' });
  layers.forEach((layer, i) => problems.push(...within(`layers.${i}`, problemsOfLayer(layer))));
  overrides.forEach((override, i) => problems.push(...within(`overrides.${i}`, problemsOfOverride(override))));
  return problems.length > 0 ? problems : problemsOfOverlaps(overrides);
}

function within(path: string, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));
}

/** It is the one kind or the other, by what it has; requests may have both, or neither. */
function problemsOfLayer(layer: Layer): FieldProblem[] {
  if (isCalendarLayer(layer)) return problemsOfCalendarLayer(layer);
  const { rotation, participants }: Partial<RotationLayer> = layer;
  if (rotation !== undefined && participants !== undefined) return problemsOfRotationLayer(layer);
  const missing = rotation === undefined ? 'rotation' : 'participants';
  return [{ path: missing, message: 'is missing: a layer has a rotation and its participants, or else shifts' }];
}

function problemsOfCalendarLayer({ name: _name, shifts, ...others }: CalendarLayer): FieldProblem[] {
  const problems = Object.keys(others).map((path) => ({ path, message: 'has no meaning for a layer of shifts' }));
  shifts.forEach(({ start, end, users }, i) => {
    const found = problemsOfInterval('start', start, 'end', end);
    if (parseInstant(start) === undefined) found.push({ path: 'start', message: noInstant(start) });
    if (users.length === 0) found.push({ path: 'users', message: 'nobody is named' });
    problems.push(...within(`shifts.${i}`, found));
  });
  return problems;
}

function problemsOfRotationLayer(layer: RotationLayer): FieldProblem[] {
  const { rotation, participants, restrictions = [], shadows = [], until, weights = {} } = layer;
  const problems: FieldProblem[] = [];
  const add = (path: string, message: string): void => void problems.push({ path, message });
  const { shiftLength } = rotation;
  if (!Number.isInteger(shiftLength) || shiftLength < 1 || shiftLength > longestShift) {
    add('rotation.shiftLength', `must be a whole number from 1 to ${longestShift}`);
  }
  if (parseInstant(rotation.start) === undefined) add('rotation.start', noInstant(rotation.start));
  if (participants.length === 0) add('participants', 'a layer needs at least one participant');
  participants.forEach((participant, i) => {
    if (participant.length === 0) add(`participants.${i}`, 'nobody is named');
  });
  problems.push(...problemsOfInterval('rotation.start', rotation.start, 'until', until));
  restrictions.forEach((restriction, i) => {
    problems.push(...within(`restrictions.${i}`, problemsOfRestriction(restriction)));
  });
  shadows.forEach((shadow, i) => problems.push(...within(`shadows.${i}`, problemsOfShadow(shadow))));
  for (const [name, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && weight <= heaviest)) add(`weights.${name}`, `must be from 0 to ${heaviest}`);
  }
  return problems;
}

function problemsOfRestriction(restriction: Restriction): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (restriction.days.length === 0) {
    problems.push({ path: 'days', message: 'a restriction without days leaves no time' });
  }
  restriction.days.forEach((day, i) => {
    if (weekdays.includes(day)) return;
    problems.push({ path: `days.${i}`, message: `${JSON.stringify(day)} is no day; right are ${weekdays.join(', ')}` });
  });
  for (const end of ['from', 'to'] as const) {
    const text = restriction[end];
    if (parseTimeOfDay(text) !== undefined) continue;
    problems.push({ path: end, message: `${JSON.stringify(text)} is no time of day; right is 00:00 to 24:00` });
  }
  if (windowLength(restriction) === 0) problems.push({ path: 'to', message: 'the restriction leaves no time' });
  return problems;
}

function problemsOfShadow(shadow: Shadow): FieldProblem[] {
  if (typeof shadow === 'string') return [];
  const { from, until } = shadow;
  const problem = from !== undefined && parseInstant(from) === undefined;
  return [
    ...(problem ? [{ path: 'from', message: noInstant(from) }] : []),
    ...problemsOfInterval('from', from, 'until', until),
  ];
}

function problemsOfOverride({ start, end, user, replaces, adds }: Override): FieldProblem[] {
  const problems = problemsOfInterval('start', start, 'end', end);
  if (parseInstant(start) === undefined) problems.push({ path: 'start', message: noInstant(start) });
  if (user === undefined && replaces === undefined && adds === undefined) {
    problems.push({ path: 'user', message: 'an override needs a user, somebody it replaces, or somebody it adds' });
  }
  if (user !== undefined && user === replaces) {
    problems.push({ path: 'replaces', message: 'nobody can replace themselves' });
  }
  return problems;
}

/** Whoever takes a shift over in two overrides at once has got lost in them, unless it was handed on in between. */
function problemsOfOverlaps(overrides: readonly Override[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const spans = overrides.map(({ start, end }) => [Date.parse(start), Date.parse(end)] as const);
  const overlap = (i: number, j: number): boolean => {
    const [a, b] = [spans[i], spans[j]];
    return a !== undefined && b !== undefined && a[0] < b[1] && b[0] < a[1];
  };
  const byPerson = new Map<string, number[]>();
  overrides.forEach((override, j) => {
    for (const person of new Set([override.user, override.adds])) {
      if (person === undefined) continue;
      const before = byPerson.get(person) ?? [];
      const other = before.find(
        (i) => overlap(i, j) && !overrides.some((o, k) => i < k && k < j && takesOff(o, person) && overlap(k, j)),
      );
      if (other !== undefined) {
        problems.push({ path: `overrides.${j}`, message: `overlaps overrides.${other}, which has ${person} on, too` });
      }
      byPerson.set(person, [...before, j]);
    }
  });
  return problems;
}

function takesOff({ user, replaces }: Override, person: string): boolean {
  return replaces === undefined ? user !== undefined && user !== person : replaces === person;
}

function problemsOfInterval(
  startPath: string,
  start: string | undefined,
  endPath: string,
  end: string | undefined,
): FieldProblem[] {
  if (end === undefined) return [];
  const [from, to] = [start === undefined ? -Infinity : parseInstant(start), parseInstant(end)];
  if (to === undefined) return [{ path: endPath, message: noInstant(end) }];
  if (from === undefined || from < to) return [];
  return [{ path: endPath, message: `must be after ${startPath}, which is ${start}` }];
}
