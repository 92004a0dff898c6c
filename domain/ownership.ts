import type { FieldProblem } from './field-problem.ts';

/** Who owns a new ticket of a team that nobody was named for. */
export const ownershipRules = ['on-duty', 'least-loaded', 'round-robin'] as const;

export interface Ownership {
  readonly rule: (typeof ownershipRules)[number];
  /** For `on-duty`: the schedule whose person on duty owns what arrives in the shift. */
  readonly schedule?: string;
  /** For the others: how much load, see `loadOf`, an agent takes before the next is looked for. */
  readonly capacity?: number;
  /** For the others: what an agent has to know. */
  readonly skills?: readonly string[];
}

/** What makes no sense in a rule of the right shape. */
export function problemsOfOwnership(ownership: Ownership | null | undefined): FieldProblem[] {
  if (ownership?.rule !== 'on-duty' || ownership.schedule !== undefined) return [];
  return [{ path: 'ownership.schedule', message: 'the rule on-duty needs a schedule' }];
}
