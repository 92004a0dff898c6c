import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { wholeList } from './tickets.ts';
import type { SlaPolicy, SlaPolicyBody } from './types.ts';

/** What a form sends; a position that is not said is not sent. */
type Fields = Omit<SlaPolicyBody, 'position'> & { readonly position?: number | undefined };

export const slaPoliciesQuery = queryOptions({
  queryKey: ['sla-policies'],
  queryFn: async ({ signal }) => inOrder(await wholeList<SlaPolicy>('/v1/sla-policies', signal)),
});

export const addSlaPolicy = (body: Fields): Promise<SlaPolicy> =>
  call('POST', '/v1/sla-policies', { body, idempotencyKey: newKey() });
export const changeSlaPolicy = (id: string, body: Fields): Promise<SlaPolicy> => call('PATCH', path(id), { body });
export const deleteSlaPolicy = (id: string): Promise<void> => call('DELETE', path(id));

/** Shows at once what was saved. */
export function keepSlaPolicy(client: QueryClient, policy: SlaPolicy): void {
  client.setQueryData(slaPoliciesQuery.queryKey, (known) =>
    inOrder([...(known ?? []).filter(({ id }) => id !== policy.id), policy]),
  );
  void client.invalidateQueries(slaPoliciesQuery);
}

export function forgetSlaPolicy(client: QueryClient, id: string): void {
  client.setQueryData(slaPoliciesQuery.queryKey, (known) => known?.filter((policy) => policy.id !== id));
  void client.invalidateQueries(slaPoliciesQuery);
}

/** As a ticket looks for its own. */
function inOrder(policies: readonly SlaPolicy[]): SlaPolicy[] {
  return policies.toSorted((a, b) => a.position - b.position || (a.name < b.name ? -1 : 1));
}

function path(id: string): string {
  return `/v1/sla-policies/${encodeURIComponent(id)}`;
}
