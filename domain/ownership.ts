import type { FieldProblem } from './field-problem.ts';
import type { Priority, Status } from './ticket.ts';

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

const byPriority: Readonly<Record<Priority, number>> = { low: 1, normal: 2, high: 3, urgent: 5 };
const byStatus: Readonly<Record<Status, number>> = {
  new: 1,
  open: 1,
  pending: 0.5,
  'on-hold': 0.5,
  solved: 0,
  closed: 0,
};

/** What a ticket weighs on its agent: more the more urgent it is, and half while somebody else owes the next word. */
export function loadOf({ priority, status }: { readonly priority: Priority; readonly status: Status }): number {
  return byPriority[priority] * byStatus[status];
}

/** Somebody who could take a ticket. */
export interface Candidate {
  readonly user: string;
  readonly load: number;
  /** Counts up with each ticket given out; 0 for who never got one. */
  readonly lastGiven: number;
}

/** Who gets a ticket of this load; undefined where nobody can take it. Ties go to who has waited longest, then by id. */
export function chooseOwner(
  { rule, capacity = Infinity }: Pick<Ownership, 'rule' | 'capacity'>,
  candidates: readonly Candidate[],
  load: number,
): string | undefined {
  const able = rule === 'on-duty' ? candidates : candidates.filter((c) => c.load + load <= capacity);
  const [first] = able.toSorted(
    (a, b) => (rule === 'round-robin' ? 0 : a.load - b.load) || a.lastGiven - b.lastGiven || (a.user < b.user ? -1 : 1),
  );
  return first?.user;
}
