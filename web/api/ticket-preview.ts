import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { TicketForecast, TicketPreview } from './types.ts';

/** What would happen to a ticket like this. It is asked anew each time: policies, duty and people change. */
export const forecastQuery = (ticket: TicketPreview) =>
  queryOptions({
    queryKey: ['ticket-preview', ticket],
    queryFn: ({ signal }) => call<TicketForecast>('POST', '/v1/tickets/preview', { body: ticket, signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
