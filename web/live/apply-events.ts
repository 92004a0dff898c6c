import type { QueryClient } from '@tanstack/react-query';
import { Refresher } from '../api/refresher.ts';
import { ticketQuery, type TicketFilter } from '../api/tickets.ts';
import type { DeskEvent, Ticket } from '../api/types.ts';
import { placeTicket, type TicketPages } from './place-ticket.ts';

const gatherMs = 50;
/** Where more tickets than these changed at once, lists are read again instead. */
const mostSingly = 12;
const betweenListsMs = 2000;
/** There are many views, and each has to be counted. */
const betweenViewsMs = 5000;
/** What sums up many tickets, and may be another whatever happens to any of them. */
const sums: readonly unknown[] = ['ticket-counts', 'agent-loads'];

/**
 * Brings what is on the screen up to date with what events name. Events are gathered for a moment, and what comes while
 * one round is under way is for the next: however many there are, the server is never asked once for each.
 */
export class EventApplier {
  readonly #client: QueryClient;
  readonly #sums: Refresher;
  readonly #views: Refresher;
  #tickets = new Set<string>();
  #incidents = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #listsAt = 0;

  constructor(client: QueryClient) {
    this.#client = client;
    this.#sums = new Refresher(() =>
      client.invalidateQueries({ predicate: ({ queryKey }) => sums.includes(queryKey[0]) }),
    );
    this.#views = new Refresher(() => client.invalidateQueries({ queryKey: ['view-counts'] }), betweenViewsMs);
  }

  readonly take = ({ ticket, stream }: DeskEvent): void => {
    if (ticket !== null) {
      this.#tickets.add(ticket);
      this.#sums.ask();
      this.#views.ask();
    }
    if (stream.startsWith('incident/')) this.#incidents = true;
    this.#timer ??= setTimeout(() => void this.#round(), gatherMs);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tickets.clear();
    this.#sums.stop();
    this.#views.stop();
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
      if (singly || shown) await this.#reread(id);
      await read;
    });
    await Promise.allSettled([...rows, ...(listShown && !singly ? [this.#rereadLists()] : [])]);
    if (!listShown) await this.#client.invalidateQueries({ queryKey: ['tickets'], refetchType: 'none' });
  }

  async #reread(id: string): Promise<void> {
    const row = ticketQuery(id);
    // What is being read now may have been read before the change.
    await this.#client.cancelQueries({ queryKey: row.queryKey, exact: true });
    const ticket = await this.#client.fetchQuery({ ...row, staleTime: 0 });
    await this.#untilListsAreRead();
    this.#place(ticket);
  }

  /** A list that is being read would be put over what was placed into it meanwhile, and may be older. */
  #untilListsAreRead(): Promise<void> {
    const cache = this.#client.getQueryCache();
    const reading = new Set(cache.findAll({ queryKey: ['tickets'], fetchStatus: 'fetching' }));
    return new Promise((resolve) => {
      const look = (): void => {
        for (const query of reading) {
          const over = query.state.fetchStatus !== 'fetching' || cache.get(query.queryHash) !== query;
          if (over) reading.delete(query);
        }
        if (reading.size > 0) return;
        stop();
        resolve();
      };
      const stop = cache.subscribe(look);
      look();
    });
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
