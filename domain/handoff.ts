import type { Contact } from './user.ts';

/** What becomes of the open tickets of those whose shift ends. */
export const handoffTickets = ['keep', 'move-unanswered', 'move-all'] as const;

export interface HandoffRule {
  readonly tickets: (typeof handoffTickets)[number];
  /** Who is told of each handoff, beside those who come and go: such as a channel of the team chat. */
  readonly announce: readonly Contact[];
}

export const defaultHandoff: HandoffRule = { tickets: 'keep', announce: [] };
