import { hasTicket } from '../db/tickets.ts';
import { parseId } from '../domain/ticket-id.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

/** The ticket's id in an address, which people write with dashes and in any case. */
export function ticketIdIn(params: { readonly id: string }): string {
  const id = parseId(params.id);
  if (id === undefined)
    throw new Problem('not-found', 'A ticket id has 12 letters and digits, such as K7Q2-9MZP-4WTX.');
  return id;
}

export function closedTicket(): Problem {
  return new Problem('conflict', 'The ticket is closed, and a closed ticket cannot change.');
}

export function noTicket(): Problem {
  return new Problem('not-found', 'There is no ticket of this id.');
}

/** Whether there is or was such a ticket, as far as can be told now. */
export async function isKnown({ parts: { database } }: App, id: string): Promise<boolean> {
  return hasTicket(database.pool, id).catch(() => false);
}
