import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import type { TicketFilter } from './tickets.ts';
import type { NewView, TicketCounts, View, ViewPatch } from './types.ts';

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await call<{ data: readonly View[] }>('GET', '/v1/views', { signal })).data,
});

/** What a view finds while another one is shown: asked again less often than what is looked at. */
export const viewCountsQuery = (filter: TicketFilter) =>
  queryOptions({
    queryKey: ['view-counts', filter],
    queryFn: ({ signal }) => call<TicketCounts>('GET', '/v1/tickets/counts', { query: { ...filter }, signal }),
  });

export type ViewChange =
  | { readonly add: NewView }
  | { readonly id: string; readonly patch: ViewPatch }
  | { readonly id: string; readonly remove: true };

export function useViewChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ViewChange): Promise<View | undefined> => {
      if ('add' in change) return call('POST', '/v1/views', { body: change.add, idempotencyKey: newKey() });
      const path = `/v1/views/${encodeURIComponent(change.id)}`;
      return 'patch' in change ? call('PATCH', path, { body: change.patch }) : call('DELETE', path);
    },
    onSettled: () => client.invalidateQueries(viewsQuery),
  });
}
