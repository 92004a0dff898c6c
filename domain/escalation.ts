import type { Level, Priority } from './ticket.ts';

/**
 * Whom a step pages: the ticket's agent, another agent of its team not paged yet, a manager, whoever a schedule has on
 * call, or a person.
 */
export type EscalationTarget =
  | { readonly type: 'assignee' }
  | { readonly type: 'teammate' }
  | { readonly type: 'manager' }
  | { readonly type: 'schedule'; readonly schedule: string }
  | { readonly type: 'user'; readonly user: string };

export interface EscalationStep {
  readonly targets: readonly EscalationTarget[];
  /** How long to wait for an acknowledgement before the next step, in milliseconds. */
  readonly ackTimeoutMs: number;
}

export interface EscalationPolicy {
  /** None for the built-in policy. */
  readonly name?: string;
  readonly steps: readonly EscalationStep[];
  /** How often the steps are gone through before the incident is reported as answered by nobody. */
  readonly rounds: number;
  /** How long an acknowledged incident may stay unresolved before it escalates again; for ever where there is none. */
  readonly resolveTimeoutMs?: number;
  /** What goes on where this policy has nobody left. */
  readonly next?: EscalationPolicy;
}

/** What an incident is about. */
export interface IncidentSubject {
  /** None where monitoring opened it. */
  readonly ticket: string | null;
  /** For people: such as `First reply breached`. */
  readonly reason: string;
  readonly dueAt: number;
  readonly priority: Priority;
  readonly level: Level;
  readonly team: string | null;
  readonly assignee: string | null;
  /** What monitoring said of it. */
  readonly alert?: Readonly<Record<string, unknown>>;
}

/** The policy in force until a desk writes its own: the agent, another agent of the team, a manager. */
export function builtInPolicy(ackTimeoutMs: number, rounds: number): EscalationPolicy {
  return {
    steps: [
      { targets: [{ type: 'assignee' }], ackTimeoutMs },
      { targets: [{ type: 'teammate' }], ackTimeoutMs },
      { targets: [{ type: 'manager' }], ackTimeoutMs },
    ],
    rounds,
  };
}

/** One step of one round, counted from 1 as people count. */
export interface Position {
  readonly round: number;
  readonly step: number;
}

/** Where to go when nobody acknowledged in time; null after the last step of the last round. */
export function nextPosition(policy: EscalationPolicy, { round, step }: Position): Position | null {
  if (step < policy.steps.length) return { round, step: step + 1 };
  return round < policy.rounds ? { round: round + 1, step: 1 } : null;
}

/** Says one page apart from every other, and a repeated delivery of the same page never apart: no attempt in it. */
export function dedupKey(incident: string, at: Position, user: string, contact: string): string {
  return [incident, at.step, at.round, user, contact].join(':');
}
