import type { Eligibility } from './schedule.ts';
import type { Span } from './spans.ts';
import { addMonths } from './wall-clock.ts';

/** What decides whether a person may have duty. */
export interface Employee {
  /** Ids. */
  readonly teams: readonly string[];
  readonly skills: readonly string[];
  /** When the person came to the company; null: long ago. */
  readonly joinedAt: Date | null;
  /** When the person left it, or will. */
  readonly leftAt: Date | null;
}

/** The time in which the person may have duty in a layer; null where never. Months in the company are counted in UTC. */
export function presenceOf({ teams, skills, joinedAt, leftAt }: Employee, eligible: Eligibility = {}): Span | null {
  if (eligible.teams !== undefined && !eligible.teams.some((team) => teams.includes(team))) return null;
  if (eligible.skills !== undefined && !eligible.skills.every((skill) => skills.includes(skill))) return null;
  const from = joinedAt === null ? -Infinity : addMonths(joinedAt.getTime(), eligible.minMonths ?? 0);
  const to = leftAt === null ? Infinity : leftAt.getTime();
  return from < to ? [from, to] : null;
}
