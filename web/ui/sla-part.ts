import type { Ticket } from '../api/types.ts';

/** What the nearest clock of a ticket says, for a list. */
export interface SlaPart {
  readonly clock: NonNullable<Ticket['nextDueClock']>;
  /** Used up of the time from its beginning to its due instant; above 1 once it is overdue. */
  readonly part: number;
  /** Negative once it is overdue. */
  readonly remainingMs: number;
}

/**
 * Null while nothing is owed. A list knows when a clock is due and when it began, but not the closed hours in between:
 * the part is one of the time on the wall, which is the same at both ends. The ticket's page counts open time.
 */
export function slaPart(ticket: Ticket, now: number): SlaPart | null {
  const { nextDueClock: clock, nextDueAt } = ticket;
  if (clock === null || nextDueAt === null) return null;
  const due = Date.parse(nextDueAt);
  const began = Date.parse((clock === 'nextReply' ? ticket.lastCustomerMessageAt : null) ?? ticket.createdAt);
  const part = due > began ? (now - began) / (due - began) : 1;
  return { clock, part: Math.max(0, part), remainingMs: due - now };
}

/** From green over amber to red, as a hue. */
export function slaHue(part: number): number {
  return Math.round(130 * (1 - Math.min(1, part)));
}
