import type { QueryClient } from '@tanstack/react-query';
import { ticketQuery, type TicketFilter } from '../api/tickets.ts';
import type { DeskEvent, Ticket } from '../api/types.ts';
import { placeTicket, type TicketPages } from './place-ticket.ts';

const gatherMs = 50;
/** Where more tickets than these changed at once, lists are read again instead. */
const mostSingly = 12;
const betweenListsMs = 2000;

/**
 * Brings what is on the screen up to date with what events name. Events are gathered for a moment, and what comes while
 * one round is under way is for the next: however many there are, the server is never asked once for each.
 */
export class EventApplier {
  readonly #client: QueryClient;
  #tickets = new Set<string>();
  #incidents = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #listsAt = 0;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  readonly take = ({ ticket, stream }: DeskEvent): void => {
    if (ticket !== null) this.#tickets.add(ticket);
    if (stream.startsWith('incident/')) this.#incidents = true;
    this.#timer ??= setTimeout(() => void this.#round(), gatherMs);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tickets.clear();
  }

  async #round(): Promise<void> {
    if (this.#busy) return;
    this.#timer = undefined;
    this.#busy = true;
    const tickets = this.#tickets;
    const incidents = this.#incidents;
    this.#tickets = new Set();
    this.#incidents = false;
    try {
      await Promise.allSettled([
        this.#refreshTickets(tickets),
        ...(incidents ? [this.#client.invalidateQueries({ queryKey: ['incidents'] })] : []),
      ]);
    } finally {
      this.#busy = false;
      if (this.#tickets.size > 0 || this.#incidents) this.#timer = setTimeout(() => void this.#round(), gatherMs);
    }
  }

  async #refreshTickets(ids: ReadonlySet<string>): Promise<void> {
    const listShown = this.#client.getQueryCache().findAll({ queryKey: ['tickets'], type: 'active' }).length > 0;
    const singly = listShown && ids.size <= mostSingly;
    const rows = [...ids].map(async (id) => {
      const shown = this.#client.getQueryCache().findAll({ queryKey: ['ticket', id], type: 'active' }).length > 0;
      // Nothing that was read earlier counts as known any more, shown or not.
      const read = this.#client.invalidateQueries({
        queryKey: ['ticket', id],
        predicate: ({ queryKey }) => !(singly || shown) || queryKey[2] !== 'row',
      });
      if (singly || shown) this.#place(await this.#client.fetchQuery({ ...ticketQuery(id), staleTime: 0 }));
      await read;
    });
    await Promise.allSettled([...rows, ...(listShown && !singly ? [this.#rereadLists()] : [])]);
    if (!listShown) await this.#client.invalidateQueries({ queryKey: ['tickets'], refetchType: 'none' });
  }

  #place(ticket: Ticket): void {
    for (const { queryKey } of this.#client.getQueryCache().findAll({ queryKey: ['tickets'] })) {
      this.#client.setQueryData<TicketPages>(queryKey, (list) =>
        list === undefined ? list : placeTicket(list, queryKey[1] as TicketFilter, ticket),
      );
    }
  }

  async #rereadLists(): Promise<void> {
    const wait = this.#listsAt + betweenListsMs - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.#listsAt = Date.now();
    await this.#client.invalidateQueries({ queryKey: ['tickets'] });
  }
}
