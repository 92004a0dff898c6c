import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { dutyKey } from './schedules.ts';
import { wholeList } from './tickets.ts';
import type { EscalationPolicy, EscalationPolicyBody, OnCallNow } from './types.ts';

/** What a form sends; a position that is not said is not sent. */
type Fields = Omit<EscalationPolicyBody, 'position'> & { readonly position?: number | undefined };

/** In the order in which they are tried. */
export const escalationPoliciesQuery = queryOptions({
  queryKey: ['escalation-policies'],
  queryFn: ({ signal }) => wholeList<EscalationPolicy>('/v1/escalation-policies', signal),
});

export const onCallNowQuery = (schedule: string) =>
  queryOptions({
    queryKey: [...dutyKey, schedule, 'now'],
    queryFn: ({ signal }) =>
      call<OnCallNow>('GET', `/v1/schedules/${encodeURIComponent(schedule)}/on-call`, { signal }),
    refetchInterval: 60_000,
  });

export const addEscalationPolicy = (body: Fields): Promise<EscalationPolicy> =>
  call('POST', '/v1/escalation-policies', { body, idempotencyKey: newKey() });
export const changeEscalationPolicy = (id: string, body: Fields): Promise<EscalationPolicy> =>
  call('PATCH', policyPath(id), { body });
export const deleteEscalationPolicy = (id: string): Promise<void> => call('DELETE', policyPath(id));

/** Shows at once what was saved. */
export function keepEscalationPolicy(client: QueryClient, policy: EscalationPolicy): void {
  client.setQueryData(escalationPoliciesQuery.queryKey, (known) =>
    [...(known ?? []).filter(({ id }) => id !== policy.id), policy].toSorted(
      (a, b) => a.position - b.position || (a.name < b.name ? -1 : 1),
    ),
  );
  void client.invalidateQueries(escalationPoliciesQuery);
}

export function forgetEscalationPolicy(client: QueryClient, id: string): void {
  client.setQueryData(escalationPoliciesQuery.queryKey, (known) => known?.filter((policy) => policy.id !== id));
  void client.invalidateQueries(escalationPoliciesQuery);
}

function policyPath(id: string): string {
  return `/v1/escalation-policies/${encodeURIComponent(id)}`;
}
