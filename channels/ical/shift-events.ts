import type { OnCall, Shift } from '../../domain/on-call.ts';

/** A shift as one calendar shows it. */
export interface ShiftEvent {
  readonly schedule: string;
  readonly shift: Shift;
  readonly summary: string;
  /** Takes no time of the calendar's owner. */
  readonly isTransparent: boolean;
  readonly hasAlarm: boolean;
}

/** A schedule with what tells its shifts. */
export interface FeedSchedule {
  readonly id: string;
  readonly name: string;
  readonly onCall: OnCall;
}

/** Every shift of a schedule that has time in the window, with everybody who is responsible. */
export function shiftsOfSchedule(
  { id, name, onCall }: FeedSchedule,
  nameOf: (user: string) => string,
  from: number,
  to: number,
): ShiftEvent[] {
  return wholeShifts(onCall, from, to).map((shift) => ({
    schedule: id,
    shift,
    summary: `${shift.users.map(nameOf).join(', ')} · ${name}`,
    isTransparent: false,
    hasAlarm: false,
  }));
}

/** The shifts for which a person is responsible, and those that the person shadows. */
export function shiftsOfPerson(
  user: string,
  schedules: readonly FeedSchedule[],
  from: number,
  to: number,
): ShiftEvent[] {
  return schedules.flatMap(({ id, name, onCall }) =>
    wholeShifts(onCall, from, to)
      .filter(({ users, shadows }) => users.includes(user) || shadows.includes(user))
      .map((shift) => {
        const isResponsible = shift.users.includes(user);
        return {
          schedule: id,
          shift,
          summary: `On call: ${name}${isResponsible ? '' : ' (shadow)'}`,
          isTransparent: !isResponsible,
          hasAlarm: isResponsible,
        };
      }),
  );
}

/** Not cut at the window's edges, which move from one reading to the next. */
function wholeShifts(onCall: OnCall, from: number, to: number): Shift[] {
  return onCall.shifts(from, to).map((shift) => ({
    ...shift,
    start: shift.start === from ? (onCall.at(from)?.start ?? from) : shift.start,
    end: shift.end === to ? (onCall.at(to - 1)?.end ?? to) : shift.end,
  }));
}
