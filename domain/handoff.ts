import type { OnCall, Shift } from './on-call.ts';
import type { Status } from './ticket.ts';
import type { Contact } from './user.ts';
import { dayLength } from './wall-clock.ts';

/** What becomes of the open tickets of those whose shift ends. */
export const handoffTickets = ['keep', 'move-unanswered', 'move-all'] as const;

export interface HandoffRule {
  readonly tickets: (typeof handoffTickets)[number];
  /** Who is told of each handoff, beside those who come and go: such as a channel of the team chat. */
  readonly announce: readonly Contact[];
}

export const defaultHandoff: HandoffRule = { tickets: 'keep', announce: [] };

/** What a handoff brings: a shift, or a time in which nobody is on duty. */
export interface Handover {
  readonly at: number;
  /** Null where no end is known. */
  readonly until: number | null;
  readonly users: readonly string[];
  readonly shadows: readonly string[];
  /** Who had the duty before and has it no more. */
  readonly leaving: readonly string[];
  /** Who has it now and did not have it before. */
  readonly coming: readonly string[];
}

/** Temporal is told of so many changes of duty ahead; each handoff brings the next into sight. */
export const handoffsAhead = 60;

const longestGap = 400 * dayLength;

/** What is in force at an instant, and what it took over from; null where nobody has ever had duty, nor will. */
export function handoverAt(onCall: OnCall, instant: number): Handover | null {
  const shift = onCall.at(instant);
  const at = shift?.start ?? onCall.shifts(instant - longestGap, instant).at(-1)?.end;
  if (at === undefined) return null;
  const until = shift?.end ?? onCall.handoffs(instant, 1)[0] ?? null;
  const before = onCall.at(at - 1)?.users ?? [];
  const { users, shadows }: Pick<Shift, 'users' | 'shadows'> = shift ?? { users: [], shadows: [] };
  const leaving = before.filter((user) => !users.includes(user));
  const coming = users.filter((user) => !before.includes(user));
  return { at, until, users, shadows, leaving, coming };
}

/** In which states the tickets of those who leave are handed over. */
export function handedOver({ tickets }: Pick<HandoffRule, 'tickets'>): readonly Status[] {
  if (tickets === 'keep') return [];
  return tickets === 'move-unanswered' ? ['new', 'open'] : ['new', 'open', 'pending', 'on-hold'];
}
