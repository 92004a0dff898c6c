import type { EscalationPolicy } from '../../api/types.ts';
import { isoMilliseconds } from '../ui/duration-text.ts';

type Step = EscalationPolicy['steps'][number];

/** Of a policy, what decides how it goes on while nobody acknowledges. */
export type Course = Pick<EscalationPolicy, 'name' | 'steps' | 'rounds' | 'next'>;

/** What is done at one time, counted in milliseconds from the incident's beginning. */
export type Moment =
  | { readonly kind: 'page'; readonly at: number; readonly step: number; readonly targets: Step['targets'] }
  /** All steps so far of this policy once more, so many times, each as long after the one before. */
  | { readonly kind: 'again'; readonly at: number; readonly times: number; readonly every: number }
  /** Another policy goes on. */
  | { readonly kind: 'next'; readonly at: number; readonly policy: string }
  | { readonly kind: 'nobody-left'; readonly at: number }
  /** A wait is being typed: nothing can be said of what follows it. */
  | { readonly kind: 'unknown' };

/** What happens while nobody acknowledges and each step finds somebody, in its order. */
export function courseOf(policy: Course, policies: ReadonlyMap<string, Course>): Moment[] {
  const moments: Moment[] = [];
  const seen = new Set<Course>();
  let at = 0;
  for (let going: Course | undefined = policy; going !== undefined;) {
    seen.add(going);
    const began = at;
    for (const [i, { targets, ackTimeout }] of going.steps.entries()) {
      moments.push({ kind: 'page', at, step: i + 1, targets });
      const wait = isoMilliseconds(ackTimeout);
      if (wait === undefined) return [...moments, { kind: 'unknown' }];
      at += wait;
    }
    const [times, every] = [going.rounds - 1, at - began];
    if (times > 0) moments.push({ kind: 'again', at, times, every });
    at += times * every;
    const next: Course | undefined = going.next === null ? undefined : policies.get(going.next);
    // Stored policies never go round in a circle; one that is being edited may.
    if (next === undefined || seen.has(next)) break;
    moments.push({ kind: 'next', at, policy: next.name });
    going = next;
  }
  return [...moments, { kind: 'nobody-left', at }];
}
