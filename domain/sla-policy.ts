import type { FieldProblem } from './field-problem.ts';
import { parseDuration } from './duration.ts';
import { type Calendar, readCalendar } from './calendar.ts';
import { type ClockName, clockNames, type SlaTerms, type Targets } from './sla.ts';
import {
  conditionsHold,
  firstMatch,
  type OrderedPolicy,
  type PolicyAttributes,
  type PolicyConditions,
} from './policy-conditions.ts';
import { elapsedIn, type Span } from './spans.ts';
import { priorities, type Priority, type Status } from './ticket.ts';
import { dayLength, startOfDay } from './wall-clock.ts';

/** ISO 8601 durations of open time. */
export type PolicyTargets = Readonly<Partial<Record<Priority, Readonly<Partial<Record<ClockName, string>>>>>>;

export interface SlaPolicy extends OrderedPolicy {
  readonly id: string;
  readonly conditions: PolicyConditions;
  /** A calendar's id; null is around the clock. */
  readonly calendar: string | null;
  readonly warnAt: readonly number[];
  /** Ticket states in which no clock runs. */
  readonly pauseOn: readonly Status[];
  readonly targets: PolicyTargets;
}

export const defaultWarnAt: readonly number[] = [0.5, 0.75, 0.9];
export const defaultPauseOn: readonly Status[] = ['pending'];
/** States that a clock may rest in: in `new` and `open` we owe the answer, and after `solved` no clock goes on. */
export const pausableStatuses = ['pending', 'on-hold'] as const satisfies readonly Status[];

/** Where the policy stands that every desk begins with, which has no conditions: whatever should apply goes before. */
export const defaultPolicyPosition = 1000;

/** Terms of a ticket that no policy matches: its clocks are kept, and nothing is promised. */
export const noTerms: SlaTerms = {
  policy: null,
  targets: { low: {}, normal: {}, high: {}, urgent: {} },
  warnAt: [],
  pauseOn: defaultPauseOn,
  calendar: null,
  spans: null,
  compiledUntil: null,
};

/** The active policy that applies: the first that matches by position, then by name. */
export function matchPolicy(policies: Iterable<SlaPolicy>, attributes: PolicyAttributes): SlaPolicy | undefined {
  return firstMatch(policies, ({ conditions }) => conditionsHold(conditions, attributes));
}

/** Enough for most promises; a workflow asks for more open time when its clocks outlive it. */
const daysAhead = [35, 70, 140, 280, 400];

/**
 * The policy as a workflow takes it. Its calendar is compiled from the start of the day of `at` in UTC, since a clock may
 * have begun a little before; from `at` on for at least 35 days, further until the longest target fits twice, so that
 * later promises of the same ticket fit too, and for at most 400.
 */
export function compileTerms(policy: SlaPolicy, calendar: Calendar | null, at: number): SlaTerms {
  const targets = compileTargets(policy.targets);
  const terms = { policy: policy.id, targets, warnAt: policy.warnAt, pauseOn: policy.pauseOn };
  if (calendar === null) return { ...terms, calendar: null, spans: null, compiledUntil: null };
  return { ...terms, calendar: policy.calendar, ...openTime(calendar, at, 2 * longest(targets)) };
}

function openTime(calendar: Calendar, at: number, budget: number): { spans: Span[]; compiledUntil: number } {
  const hours = readCalendar(calendar);
  let spans: Span[] = [];
  let compiledUntil = at;
  for (const days of daysAhead) {
    compiledUntil = at + days * dayLength;
    spans = hours.between(startOfDay(at), compiledUntil);
    if (elapsedIn(spans, at, compiledUntil) >= budget) break;
  }
  return { spans, compiledUntil };
}

function compileTargets(targets: PolicyTargets): Targets {
  const compiled = priorities.map((priority) => {
    const own = clockNames.flatMap((clock) => {
      const target = targets[priority]?.[clock];
      return target === undefined ? [] : [[clock, parseDuration(target)] as const];
    });
    return [priority, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(compiled) as Targets;
}

function longest(targets: Targets): number {
  return Math.max(0, ...Object.values(targets).flatMap((target) => Object.values(target)));
}

const maxTarget = 366 * dayLength;

/** What makes no sense in a policy of the right shape. */
export function problemsOfPolicy(policy: Partial<Pick<SlaPolicy, 'targets' | 'warnAt'>>): FieldProblem[] {
  return [...targetProblems(policy.targets ?? {}), ...warnAtProblems(policy.warnAt ?? [])];
}

function targetProblems(targets: PolicyTargets): FieldProblem[] {
  return Object.entries(targets).flatMap(([priority, clocks]) =>
    Object.entries(clocks).flatMap(([clock, text]) => {
      const message = durationProblem(text);
      return message === undefined ? [] : [{ path: `targets.${priority}.${clock}`, message }];
    }),
  );
}

function durationProblem(text: string): string | undefined {
  let ms: number;
  try {
    ms = parseDuration(text);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  if (ms < 1000) return `"${text}" is too short; right is at least PT1S`;
  if (ms > maxTarget) return `"${text}" is too long; right is at most P366D`;
  return undefined;
}

function warnAtProblems(warnAt: readonly number[]): FieldProblem[] {
  return warnAt.flatMap((fraction, i) => {
    const before = warnAt[i - 1];
    if (!(fraction > 0 && fraction < 1)) {
      return [{ path: `warnAt.${i}`, message: `${fraction} is no fraction; right is above 0 and below 1` }];
    }
    if (before !== undefined && fraction <= before) {
      return [{ path: `warnAt.${i}`, message: `${fraction} does not come after ${before}; right is ascending order` }];
    }
    return [];
  });
}
