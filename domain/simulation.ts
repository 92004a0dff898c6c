/** What becomes of a ticket that nobody touches, told by the machines that carry real ones. */
import { copiesOf, type People, respondersOf } from './responders.ts';
import type { EscalationPolicy, EscalationTarget, IncidentSubject } from './escalation.ts';
import { escalate, openIncident, stepTaken, unreached } from './incident-process.ts';
import {
  comparePolicies,
  failingConditions,
  type PolicyAttributes,
  type PolicyConditions,
} from './policy-conditions.ts';
import type { Clock, ClockName } from './sla.ts';
import type { SlaPolicy } from './sla-policy.ts';
import type { TicketInput } from './ticket-commands.ts';
import { nextTick, startTicket, tick } from './ticket-process.ts';
import { dayLength } from './wall-clock.ts';

export interface Verdict {
  readonly policy: SlaPolicy;
  /** Conditions that do not hold. */
  readonly failing: readonly (keyof PolicyConditions)[];
}

/** The policies that are looked at for a ticket, in order: the last one applies if nothing of it fails. */
export function policiesLookedAt(policies: Iterable<SlaPolicy>, attributes: PolicyAttributes): Verdict[] {
  const verdicts = [...policies]
    .filter(({ active }) => active)
    .toSorted(comparePolicies)
    .map((policy) => ({ policy, failing: failingConditions(policy.conditions, attributes) }));
  const applies = verdicts.findIndex(({ failing }) => failing.length === 0);
  return applies === -1 ? verdicts : verdicts.slice(0, applies + 1);
}

export interface Fallen {
  readonly clock: ClockName;
  readonly at: number;
  /** Of the target, at which somebody is warned; 1 is the breach. */
  readonly fraction: number;
}

/** Nothing that is promised lies further ahead. */
const farthestMs = 400 * dayLength;

/** The clocks as the ticket begins, and what falls due as long as nobody answers. */
export function untouched(input: TicketInput): {
  readonly clocks: readonly Clock[];
  readonly fallen: readonly Fallen[];
} {
  const fallen: Fallen[] = [];
  let { state } = startTicket(input);
  const { clocks } = state.sla;
  for (let next = nextTick(state); next !== null && next.at <= input.receivedAt + farthestMs; next = nextTick(state)) {
    const change = tick(state, next.at);
    state = change.state;
    for (const { type, at, data } of change.events) {
      const clock = data['clock'] as ClockName;
      if (type === 'sla.warned') fallen.push({ clock, at, fraction: data['fraction'] as number });
      if (type === 'sla.breached') fallen.push({ clock, at, fraction: 1 });
    }
  }
  return { clocks, fallen };
}

/** Of the desk, at the instants that are asked for. */
export interface DeskThen {
  readonly people: People;
  readonly onCall: (
    schedule: string,
    at: number,
  ) => { readonly users: readonly string[]; readonly shadows: readonly string[] } | null;
  readonly reachable: (user: string) => boolean;
}

export interface StepThen {
  readonly round: number;
  readonly step: number;
  readonly at: number;
  readonly targets: readonly EscalationTarget[];
  /** Nobody: the next step follows at once. */
  readonly users: readonly string[];
  readonly copies: readonly string[];
  /** Those of them who have no contact to be paged at. */
  readonly unreachable: readonly string[];
}

/** However a policy is written: what comes later is more of the same. */
const mostSteps = 50;

/**
 * Whom an incident pages as long as nobody acknowledges: one round, and how it ends. `endsAt` is null where another round
 * follows.
 */
export function escalationOf(
  subject: IncidentSubject,
  policy: EscalationPolicy,
  openedAt: number,
  desk: DeskThen,
): { readonly steps: readonly StepThen[]; readonly endsAt: number | null } {
  const steps: StepThen[] = [];
  let { state } = openIncident('simulated', subject, policy, openedAt);
  for (let at = openedAt; steps.length < mostSteps;) {
    const { step, round } = state.row;
    const targets = state.policy.steps[step - 1]?.targets ?? [];
    const situation = {
      ...{ assignee: subject.assignee, team: subject.team, alreadyPaged: state.paged },
      onCall: (schedule: string) => desk.onCall(schedule, at),
    };
    const users = [...new Set(targets.flatMap((target) => respondersOf(desk.people, target, situation)))];
    const copies = [...new Set(targets.flatMap((target) => copiesOf(desk.people, target, situation)))];
    const unreachable = users.filter((user) => !desk.reachable(user));
    steps.push({ round, step, at, targets, users, copies, unreachable });
    state = stepTaken(state, users, at).state;
    if (users.length > 0 && unreachable.length === users.length) state = unreached(state, users, at).state;
    if (state.deadline === null) break;
    at = Math.max(at, state.deadline);
    const next = escalate(state, at);
    if (!next.page) return { steps, endsAt: at };
    state = next.state;
    if (state.row.step === 1 && state.policy === policy) break;
  }
  return { steps, endsAt: null };
}
