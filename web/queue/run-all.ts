import type { QueryClient } from '@tanstack/react-query';
import { newKey, problemText } from '../api/client.ts';
import { keepTicket, tellTicket, type TicketCommand } from '../api/tickets.ts';
import type { Ticket } from '../api/types.ts';

/** A ticket that did not do what it was told. */
export interface Failure {
  readonly id: string;
  readonly reference: string;
  readonly why: string;
}

export interface Told {
  readonly id: string;
  readonly reference: string;
  readonly command: TicketCommand;
}

/** How many commands are under way at once. */
const atOnce = 6;

/** Tells each ticket what to do, some at a time; the answers in the order in which they came. */
export async function tellAll(
  client: QueryClient,
  all: readonly Told[],
): Promise<{ readonly done: readonly Ticket[]; readonly failures: readonly Failure[] }> {
  const waiting = [...all];
  const done: Ticket[] = [];
  const failures: Failure[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, reference, command } = next;
      try {
        const ticket = await tellTicket(id, command, newKey());
        keepTicket(client, ticket);
        done.push(ticket);
      } catch (error) {
        failures.push({ id, reference, why: problemText(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done, failures };
}
