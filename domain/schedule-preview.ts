/** What a schedule would make of a window of time, before it is saved: `POST /v1/schedules/preview`. */

import { type FieldProblem, FieldProblems } from './field-problem.ts';
import { formatInstant, noInstant, parseInstant } from './instant.ts';
import type { DutySource } from './layer-duty.ts';
import { gapsBetween, OnCall, type Shift } from './on-call.ts';
import type { Schedule } from './schedule.ts';
import { problemsOfSchedule } from './schedule-problems.ts';
import type { Span } from './spans.ts';
import { dayLength } from './wall-clock.ts';

export interface SchedulePreviewRequest {
  readonly schedule: Schedule;
  /** RFC 3339, like `to`, which is at most 400 days later. */
  readonly from: string;
  readonly to: string;
}

export interface ShiftAnswer {
  readonly start: string;
  readonly end: string;
  readonly users: string[];
  /** Where there are any. */
  readonly shadows?: string[];
  readonly source: DutySource;
}

export interface RosterAnswer {
  readonly shifts: ShiftAnswer[];
  /** When nobody is on duty. */
  readonly gaps: { readonly start: string; readonly end: string }[];
  /** Numbers of overrides of the window that find nobody to replace. */
  readonly idleOverrides: number[];
}

const maxWindow = 400 * dayLength;

/** Who is on duty between two instants, as the API tells it. */
export function rosterOf(onCall: OnCall, from: number, to: number): RosterAnswer {
  const shifts = onCall.shifts(from, to);
  return {
    shifts: shifts.map(shiftAnswer),
    gaps: gapsBetween(shifts, from, to).map(([start, end]) => ({
      start: formatInstant(start),
      end: formatInstant(end),
    })),
    idleOverrides: onCall.idleOverrides(from, to),
  };
}

export function shiftAnswer({ start, end, users, shadows, source }: Shift): ShiftAnswer {
  return {
    start: formatInstant(start),
    end: formatInstant(end),
    users: [...users],
    ...(shadows.length > 0 && { shadows: [...shadows] }),
    source,
  };
}

/**
 * A window as a request has it.
 * @throws FieldProblems
 */
export function readWindow(from: string, to: string): Span {
  const [start, end] = [parseInstant(from), parseInstant(to)];
  const problems: FieldProblem[] = [];
  const refuse = (path: string, message: string): void => void problems.push({ path, message });
  if (start === undefined) refuse('from', noInstant(from));
  if (end === undefined) refuse('to', noInstant(to));
  if (start === undefined || end === undefined) throw new FieldProblems(problems);
  if (end <= start) refuse('to', `${to} is not after ${from}`);
  if (end - start > maxWindow) refuse('to', 'is more than 400 days after from');
  if (problems.length > 0) throw new FieldProblems(problems);
  return [start, end];
}

/** @throws FieldProblems for a schedule that cannot work, or a window that is none. */
export function previewSchedule({ schedule, from, to }: SchedulePreviewRequest): RosterAnswer {
  const problems = problemsOfSchedule(schedule).map((p) => ({ ...p, path: `schedule.${p.path}` }));
  if (problems.length > 0) throw new FieldProblems(problems);
  return rosterOf(new OnCall(schedule), ...readWindow(from, to));
}
