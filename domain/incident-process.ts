/** The life of an incident as a pure machine; its workflow pages, waits and carries on as it says. */
import { nextPosition, type EscalationPolicy, type IncidentSubject, type Position } from './escalation.ts';
import type { EventType } from './event-types.ts';
import type { ArchivedEvent, IncidentRow } from './events.ts';
import { system, type Actor } from './ticket.ts';

export interface IncidentState {
  readonly row: IncidentRow;
  readonly policy: EscalationPolicy;
  /** Number of the last event. */
  readonly seq: number;
  /** Everybody paged so far, latest last. */
  readonly paged: readonly string[];
  /** When the current step gives up waiting; null while acknowledged, resolved or out of steps. */
  readonly deadline: number | null;
}

export interface IncidentChange {
  readonly state: IncidentState;
  readonly events: readonly ArchivedEvent[];
}

interface By {
  readonly actor: Actor;
  readonly cause: string;
}

const timer: By = { actor: system, cause: 'timer' };

export function openIncident(
  id: string,
  subject: IncidentSubject,
  policy: EscalationPolicy,
  now: number,
): IncidentChange {
  const row: IncidentRow = {
    id,
    ticket: subject.ticket,
    status: 'triggered',
    reason: subject.reason,
    priority: subject.priority,
    team: subject.team,
    openedAt: now,
    dueAt: subject.dueAt,
    step: 1,
    round: 1,
    responders: [],
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    resolvedAt: null,
  };
  const opened: IncidentState = { row, policy, seq: 0, paged: [], deadline: deadlineOf(policy, row, now) };
  const { reason, ticket, alert } = subject;
  const data = { reason, dueAt: iso(subject.dueAt), ticket, ...(alert !== undefined && { alert }) };
  return change(opened, {}, 'incident.triggered', now, timer, data, row);
}

/** Monitoring has found the same again: that is noted, and pages nobody anew. */
export function triggeredAgain(state: IncidentState, summary: string, by: By, now: number): IncidentChange {
  if (state.row.status === 'resolved') return { state, events: [] };
  return change(state, {}, 'incident.triggered-again', now, by, { summary });
}

/** Why the incident cannot take this now; undefined where it can. Acknowledging twice is no mistake. */
export function refuseIncident(state: IncidentState, verb: string): string | undefined {
  if (state.row.status === 'resolved') return `The incident is resolved: it cannot take "${verb}" any more.`;
  return undefined;
}

export function acknowledge(state: IncidentState, by: By, now: number): IncidentChange {
  if (state.row.status !== 'triggered') return { state, events: [] };
  const row = { status: 'acknowledged', acknowledgedAt: now, acknowledgedBy: by.actor.id, snoozedUntil: null } as const;
  const { resolveTimeoutMs } = state.policy;
  const deadline = resolveTimeoutMs === undefined ? null : now + resolveTimeoutMs;
  return change({ ...state, deadline }, row, 'incident.acknowledged', now, by);
}

/** Until the desk has said which policy is for it, the incident waits for that and for nothing else. */
export function awaitingPolicy(state: IncidentState): IncidentState {
  return { ...state, deadline: null };
}

/** The policy for an incident that awaited one; its steps take their time from now on. */
export function adoptPolicy(state: IncidentState, policy: EscalationPolicy, now: number): IncidentState {
  const waits = state.row.status === 'triggered' && state.deadline === null;
  return { ...state, policy, ...(waits && { deadline: deadlineOf(policy, state.row, now) }) };
}

export function resolve(state: IncidentState, by: By, now: number): IncidentChange {
  if (state.row.status === 'resolved') return { state, events: [] };
  const row = { status: 'resolved', resolvedAt: now, snoozedUntil: null } as const;
  return change({ ...state, deadline: null }, row, 'incident.resolved', now, by);
}

/** Hands the incident to a person, who is paged; the wait for an acknowledgement begins again. */
export function reassign(state: IncidentState, user: string, by: By, now: number): IncidentChange {
  const row = { status: 'triggered', acknowledgedAt: null, acknowledgedBy: null, snoozedUntil: null } as const;
  const deadline = deadlineOf(state.policy, state.row, now);
  return change({ ...state, deadline }, { ...row, responders: [user] }, 'incident.reassigned', now, by, { user });
}

/** Quiet until then; afterwards it escalates as if nobody had acknowledged. */
export function snooze(state: IncidentState, until: number, by: By, now: number): IncidentChange {
  const row = { snoozedUntil: until };
  return change({ ...state, deadline: until }, row, 'incident.snoozed', now, by, { until: iso(until) });
}

/** Whom the current step pages; nobody is a gap, told as such. */
export function stepTaken(state: IncidentState, responders: readonly string[], now: number): IncidentChange {
  const { step, round } = state.row;
  const policy = state.policy.name;
  const at = { step, round, ...(policy !== undefined && { policy }) };
  if (responders.length === 0) {
    return change(moveOn(state, now), { responders }, 'incident.step-without-responder', now, timer, at);
  }
  const paged = [...state.paged.filter((u) => !responders.includes(u)), ...responders];
  return change({ ...state, paged }, { responders }, 'incident.escalated', now, timer, { ...at, responders });
}

/** None of the current step's people could be reached on any channel. */
export function unreached(state: IncidentState, users: readonly string[], now: number): IncidentChange {
  const { step, round } = state.row;
  return change(moveOn(state, now), {}, 'incident.responders-unreachable', now, timer, { step, round, users });
}

/** Waiting for nobody is pointless, so the next step is due at once; only a whole round takes its time. */
function moveOn(state: IncidentState, now: number): IncidentState {
  return state.row.step < state.policy.steps.length ? { ...state, deadline: now } : state;
}

/**
 * Nobody acknowledged in time, or nobody resolved what was acknowledged: the next step; after the last, the policy that
 * goes on after this one; or word that nobody is left. What was acknowledged is never left: it goes round once more.
 */
export function escalate(before: IncidentState, now: number): Escalated {
  const { step, round } = before.row;
  if (before.row.status !== 'acknowledged') return stepOn({ state: before, events: [] }, false, now);
  return stepOn(change(before, {}, 'incident.unresolved-in-time', now, timer, { round, step }), true, now);
}

/** Somebody wants the next step now, whoever has been paged or has acknowledged. After the last it goes round once more. */
export function escalateNow(before: IncidentState, by: By, now: number): Escalated {
  const { step, round } = before.row;
  return stepOn(change(before, {}, 'incident.escalation-requested', now, by, { round, step }), true, now);
}

export type Escalated = IncidentChange & { readonly page: boolean };

function stepOn({ state, events }: IncidentChange, again: boolean, now: number): Escalated {
  const { round, step } = state.row;
  const { policy, next } = onwards(state.policy, { round, step }, again);
  if (next === null) {
    const spent = change({ ...state, deadline: null }, {}, 'incident.nobody-left', now, timer, { round, step });
    return { ...spent, page: false };
  }
  const row = { ...next, status: 'triggered', snoozedUntil: null, acknowledgedAt: null, acknowledgedBy: null } as const;
  const moved: IncidentState = {
    ...state,
    policy,
    row: { ...state.row, ...row },
    deadline: deadlineOf(policy, next, now),
  };
  return { state: moved, events, page: true };
}

function onwards(
  policy: EscalationPolicy,
  at: Position,
  again: boolean,
): { policy: EscalationPolicy; next: Position | null } {
  const next = nextPosition(policy, at);
  if (next !== null) return { policy, next };
  const begin = { round: at.round + 1, step: 1 };
  // Rounds are counted on, since they tell pages apart.
  if (policy.next !== undefined)
    return { policy: { ...policy.next, rounds: at.round + policy.next.rounds }, next: begin };
  return { policy, next: again ? begin : null };
}

export type PageOutcome = 'delivered' | 'failed';

export function paged(
  state: IncidentState,
  page: {
    user: string;
    channel: string;
    step: number;
    round: number;
    copy?: true;
    outcome: PageOutcome;
    answer: string;
  },
  now: number,
): IncidentChange {
  return change(state, {}, page.outcome === 'delivered' ? 'incident.paged' : 'incident.page-failed', now, timer, {
    ...page,
  });
}

function deadlineOf(policy: EscalationPolicy, at: { step: number }, now: number): number {
  return now + (policy.steps[at.step - 1]?.ackTimeoutMs ?? 0);
}

/** The event carries the row's columns as they are after it, so that moves without an event of their own get there too. */
function change(
  state: IncidentState,
  row: Partial<IncidentRow>,
  type: EventType,
  at: number,
  by: By,
  data: Record<string, unknown> = {},
  whole?: IncidentRow,
): IncidentChange {
  const after = { ...state.row, ...row };
  const { id, ticket, reason, priority, team, openedAt, dueAt, ...moving } = after;
  const incident = whole ?? { id, ...moving };
  const event = { seq: state.seq + 1, type, at, actor: by.actor, cause: by.cause, data, changes: { incident } };
  return { state: { ...state, row: after, seq: event.seq }, events: [event] };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
