import type { EscalationPolicy } from '../../api/types.ts';

export type Target = EscalationPolicy['steps'][number]['targets'][number];

const plain = ['assignee', 'teammate', 'manager'] as const;
export type PlainTarget = (typeof plain)[number];
export const plainTargets: readonly PlainTarget[] = plain;

/** A target as a choice among others: `assignee`, `schedule:sch_…`, `user:usr_…`. */
export function choiceOf(target: Target): string {
  if (target.type === 'schedule') return `schedule:${target.schedule}`;
  if (target.type === 'user') return `user:${target.user}`;
  return target.type;
}

export function targetOf(choice: string): Target | undefined {
  const [type, id = ''] = choice.split(/:(.*)/s);
  if (type === 'schedule') return { type, schedule: id };
  if (type === 'user') return { type, user: id };
  const known = plain.find((one) => one === type);
  return known && { type: known };
}
