import { type Calendar, compileCalendar } from '../domain/calendar.ts';
import { presenceOf } from '../domain/eligibility.ts';
import { compileEscalation, type IncidentAttributes, policyFor } from '../domain/escalation-policy.ts';
import type { EscalationPolicy } from '../domain/escalation.ts';
import { OnCall } from '../domain/on-call.ts';
import { withTrainings } from '../domain/training.ts';
import type { Staff } from '../domain/staff.ts';
import type { DeskSnapshot } from './desk-snapshot.ts';
import { scheduleOf } from './schedules.ts';
import { trainingOf } from './trainings.ts';

/** Who is on call, and how incidents escalate, by one snapshot of the desk: schedules are read once, when first asked for. */
export class DutyRoster {
  readonly #snapshot: DeskSnapshot;
  readonly #staff: Staff;
  readonly #onCall = new Map<string, OnCall>();

  constructor(snapshot: DeskSnapshot) {
    this.#snapshot = snapshot;
    const { users, absences } = snapshot;
    this.#staff = {
      presence: (id, eligible) => {
        const user = users.get(id);
        return user === undefined ? null : presenceOf(user, eligible);
      },
      absences: (id) =>
        (absences.get(id) ?? []).map(({ start, end, createdAt }) => ({
          start: start.getTime(),
          end: end.getTime(),
          knownAt: createdAt.getTime(),
        })),
    };
  }

  /** Undefined where there is no such schedule. */
  onCall(id: string): OnCall | undefined {
    const known = this.#onCall.get(id);
    if (known !== undefined) return known;
    const schedule = this.#snapshot.schedules.get(id);
    if (schedule === undefined) return undefined;
    const stored = scheduleOf(schedule, this.#snapshot.overrides.get(id) ?? []);
    const trained = withTrainings(stored, (this.#snapshot.trainings.get(id) ?? []).map(trainingOf));
    const onCall = new OnCall(trained.schedule, this.#staff, trained.joins);
    this.#onCall.set(id, onCall);
    return onCall;
  }

  /** The policy for an incident that opens at an instant; undefined where the desk has none. */
  escalationFor(attributes: IncidentAttributes, at: number): EscalationPolicy | undefined {
    const { escalationPolicies, calendars } = this.#snapshot;
    const isOpen = (id: string): boolean => {
      const calendar: Calendar | undefined = calendars.get(id);
      return calendar !== undefined && compileCalendar(calendar, at, at + 1).length > 0;
    };
    const policy = policyFor(escalationPolicies.values(), attributes, isOpen);
    return policy && compileEscalation(policy, escalationPolicies);
  }
}
