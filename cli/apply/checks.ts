import { problemsOfCalendar } from '../../domain/calendar.ts';
import { problemsOfEscalation } from '../../domain/escalation-policy.ts';
import type { FieldProblem } from '../../domain/field-problem.ts';
import { parseInstant } from '../../domain/instant.ts';
import { problemsOfOwnership } from '../../domain/ownership.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import { problemsOfPolicy } from '../../domain/sla-policy.ts';
import { problemsOfUser } from '../../domain/user.ts';
import type { Entries, EscalationEntry, ScheduleEntry, Section, UserEntry } from './shape.ts';

/** What makes no sense in an entry of the right shape, whatever else the files and the desk have. */
export const checks: { readonly [S in Section]: (entry: Entries[S]) => readonly FieldProblem[] } = {
  teams: ({ ownership }) => problemsOfOwnership(ownership),
  users: (user) => [...problemsOfUser(user), ...problemsOfInstants(user)],
  calendars: ({ name: _name, ...calendar }) => problemsOfCalendar(calendar),
  schedules: (schedule) => [...problemsOfSchedule(schedule), ...problemsOfAnnounce(schedule)],
  slaPolicies: problemsOfPolicy,
  escalationPolicies: (policy) => [...problemsOfEscalation(policy), ...problemsOfTargets(policy)],
};

/** The format takes some, such as leap seconds, that are no instants here. */
function problemsOfInstants({ joinedAt, leftAt }: UserEntry): FieldProblem[] {
  return Object.entries({ joinedAt, leftAt }).flatMap(([path, text]) =>
    typeof text === 'string' && parseInstant(text) === undefined
      ? [{ path, message: `"${text}" is no instant; right is for example 2026-01-05T09:00:00Z` }]
      : [],
  );
}

/** Those whom a schedule tells are reached as people are. */
function problemsOfAnnounce({ handoff }: ScheduleEntry): FieldProblem[] {
  const problems = problemsOfUser({ contacts: handoff?.announce ?? [] });
  return problems.map(({ path, message }) => ({ path: path.replace(/^contacts/, 'handoff.announce'), message }));
}

function problemsOfTargets({ steps }: EscalationEntry): FieldProblem[] {
  return steps.flatMap(({ targets }, i) =>
    targets.flatMap((target, j) =>
      (['schedule', 'user'] as const).flatMap((field) => {
        const path = `steps.${i}.targets.${j}.${field}`;
        if ((field === target.type) === field in target) return [];
        return [{ path, message: field in target ? `a target of type ${target.type} has none` : 'is missing' }];
      }),
    ),
  );
}
