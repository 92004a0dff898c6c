import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { TicketFilter } from './tickets.ts';
import type { Page, Ticket, TicketCounts } from './types.ts';

export const countsQuery = (filter: TicketFilter) =>
  queryOptions({
    queryKey: ['ticket-counts', filter],
    queryFn: ({ signal }) => call<TicketCounts>('GET', '/v1/tickets/counts', { query: { ...filter }, signal }),
  });

/** Whether the desk has ever had a ticket: one of any state, which is found without counting them all. */
export const anyTicketQuery = queryOptions({
  queryKey: ['ticket-counts', 'any'],
  queryFn: async ({ signal }) => {
    const query = { status: 'new,open,pending,on-hold,solved,closed', sort: 'createdAt', limit: 1 };
    return (await call<Page<Ticket>>('GET', '/v1/tickets', { query, signal })).data.length > 0;
  },
});
