/** Escalation policies as people write them, and which of them an incident goes by. */

import { parseDuration } from './duration.ts';
import type { EscalationPolicy, EscalationTarget } from './escalation.ts';
import type { FieldProblem } from './field-problem.ts';
import { conditionsHold, firstMatch, type OrderedPolicy, type PolicyConditions } from './policy-conditions.ts';
import type { Level, Priority } from './ticket.ts';

export type EscalationConditions = Pick<PolicyConditions, 'priority' | 'team' | 'level'>;

/** A line's hours: the policy applies only while a calendar is open, or only while it is closed. */
export interface EscalationHours {
  /** A calendar's id. */
  readonly calendar: string;
  readonly while: 'open' | 'closed';
}

export interface EscalationStepFields {
  readonly targets: readonly EscalationTarget[];
  /** ISO 8601: how long to wait for an acknowledgement before the next step. */
  readonly ackTimeout: string;
}

export interface EscalationPolicyFields extends OrderedPolicy {
  readonly conditions: EscalationConditions;
  readonly hours: EscalationHours | null;
  readonly steps: readonly EscalationStepFields[];
  /** How often the steps are gone through. */
  readonly rounds: number;
  /** ISO 8601: how long an acknowledged incident may stay unresolved before it escalates again; null: for ever. */
  readonly resolveTimeout: string | null;
  /** The id of the policy that goes on where this one has nobody left. */
  readonly next: string | null;
}

export interface StoredEscalationPolicy extends EscalationPolicyFields {
  readonly id: string;
}

/** What decides which policy an incident goes by. */
export interface IncidentAttributes {
  readonly priority: Priority;
  readonly level: Level;
  readonly team: string | null;
}

/** `isOpen` says whether a calendar is open at the incident's instant. */
export function policyFor<P extends EscalationPolicyFields>(
  policies: Iterable<P>,
  attributes: IncidentAttributes,
  isOpen: (calendar: string) => boolean,
): P | undefined {
  return firstMatch(
    policies,
    ({ conditions, hours }) =>
      conditionsHold(conditions, attributes) && (hours === null || isOpen(hours.calendar) === (hours.while === 'open')),
  );
}

/** As an incident's workflow takes it, with the policies that go on after it. */
export function compileEscalation(
  policy: StoredEscalationPolicy,
  policies: ReadonlyMap<string, StoredEscalationPolicy>,
): EscalationPolicy {
  const { name, steps, rounds, resolveTimeout, next } = policy;
  const after = next === null ? undefined : policies.get(next);
  return {
    name,
    steps: steps.map(({ targets, ackTimeout }) => ({ targets, ackTimeoutMs: parseDuration(ackTimeout) })),
    rounds,
    ...(resolveTimeout !== null && { resolveTimeoutMs: parseDuration(resolveTimeout) }),
    ...(after !== undefined && { next: compileEscalation(after, policies) }),
  };
}

const shortestMs = 1000;
const longestMs = 30 * 24 * 60 * 60 * 1000;

/** What makes no sense in a policy of the right shape. */
export function problemsOfEscalation({
  steps = [],
  resolveTimeout,
}: Partial<Pick<EscalationPolicyFields, 'steps' | 'resolveTimeout'>>): FieldProblem[] {
  const waits: [path: string, wait: string][] = steps.map(({ ackTimeout }, i) => [`steps.${i}.ackTimeout`, ackTimeout]);
  if (typeof resolveTimeout === 'string') waits.push(['resolveTimeout', resolveTimeout]);
  return waits.flatMap(([path, text]) => {
    const message = problemOfWait(text);
    return message === undefined ? [] : [{ path, message }];
  });
}

function problemOfWait(text: string): string | undefined {
  try {
    const ms = parseDuration(text);
    return ms < shortestMs || ms > longestMs ? `"${text}" is not from PT1S to P30D` : undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Policies that hand over to each other in a circle would page for ever: the ids of the circle that begins here, if any. */
export function circleFrom(
  start: string,
  policies: ReadonlyMap<string, Pick<StoredEscalationPolicy, 'next'>>,
): string[] | undefined {
  const seen: string[] = [];
  for (let id: string | null = start; id !== null; id = policies.get(id)?.next ?? null) {
    if (seen.includes(id)) return [...seen.slice(seen.indexOf(id)), id];
    seen.push(id);
  }
  return undefined;
}
