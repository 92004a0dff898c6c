/** On-call schedules as people write them: a time zone, layers of rotations, and overrides. */

import type { Weekday } from './wall-clock.ts';

export const rotationTypes = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export type RotationType = (typeof rotationTypes)[number];

export interface Rotation {
  readonly type: RotationType;
  /** In hours, days, weeks or months, by `type`. */
  readonly shiftLength: number;
  /** The instant at which turn 0 begins; its wall-clock time in the schedule's zone is the handoff time. */
  readonly start: string;
}

/** Weekdays and wall-clock times of them, such as `09:00` to `17:00`. A `to` that is not after `from` is of the next day. */
export interface Restriction {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** A person's id, or the ids of people who are on duty together. */
export type Participant = string | readonly string[];

/** Somebody who gets copies and is never responsible: all the time, or between two instants. */
export type Shadow = string | { readonly user: string; readonly from?: string; readonly until?: string };

/** Who of the participants may have duty; it needs people that are stored. */
export interface Eligibility {
  /** Ids; a member of any of them. */
  readonly teams?: readonly string[];
  /** All of them. */
  readonly skills?: readonly string[];
  /** Calendar months in the company. */
  readonly minMonths?: number;
}

/** What an hour of duty weighs, where the hour of a working day weighs 1. */
export interface Weights {
  /** From 22:00 to 06:00. @default 1.5 */
  readonly night?: number;
  /** On Saturday and Sunday, also at night. @default 2 */
  readonly weekend?: number;
}

/** People who take turns. */
export interface RotationLayer {
  readonly name?: string;
  readonly rotation: Rotation;
  readonly participants: readonly Participant[];
  /** Each turn goes to whoever has carried least so far, instead of by order. */
  readonly fair?: boolean;
  readonly weights?: Weights;
  readonly shadows?: readonly Shadow[];
  readonly eligible?: Eligibility;
  /** On duty in these windows only. */
  readonly restrictions?: readonly Restriction[];
  /** The instant at which the layer ends. */
  readonly until?: string;
}

/** Who is on duty from `start` up to `end`. */
export interface WrittenShift {
  readonly start: string;
  readonly end: string;
  /** At least one. */
  readonly users: readonly string[];
}

/** Duty that is written out, as a calendar has it that is kept elsewhere. Where shifts overlap, all are on duty. */
export interface CalendarLayer {
  readonly name?: string;
  readonly shifts: readonly WrittenShift[];
}

export type Layer = RotationLayer | CalendarLayer;

export function isCalendarLayer(layer: Layer): layer is CalendarLayer {
  return 'shifts' in layer;
}

/**
 * A change of who is on duty from `start` up to `end`: with `user` and `replaces`, one person for another; with `user`
 * alone, that person for everybody, also where nobody was on duty; with `replaces` alone, that person is taken off;
 * `adds` puts a person beside whoever is there.
 */
export interface Override {
  readonly start: string;
  readonly end: string;
  readonly user?: string;
  readonly replaces?: string;
  readonly adds?: string;
}

export interface Schedule {
  readonly name?: string;
  /** As `zoneNamed` takes it. */
  readonly timeZone: string;
  /** Where several have somebody on duty, the last of them wins. */
  readonly layers: readonly Layer[];
  /** In their order, each on the outcome of those before it. */
  readonly overrides?: readonly Override[];
}

export const defaultWeights: Required<Weights> = { night: 1.5, weekend: 2 };
