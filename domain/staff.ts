import type { Eligibility } from './schedule.ts';
import type { Span } from './spans.ts';

/** Time in which a person cannot have duty. */
export interface Absence {
  readonly start: number;
  readonly end: number;
  /** When it was entered: it moves no turn that had begun by then. */
  readonly knownAt: number;
}

/** What is known of people, beyond their names, when duty is given out. */
export interface Staff {
  /** From when, and up to when, the person can have duty in a layer with these conditions; null where never. */
  presence(user: string, eligible?: Eligibility): Span | null;
  absences(user: string): readonly Absence[];
}

const always: Span = [-Infinity, Infinity];

/** Everybody is always there: what a preview goes by. */
export const anybody: Staff = { presence: () => always, absences: () => [] };
