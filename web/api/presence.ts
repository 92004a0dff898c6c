import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { Present } from './types.ts';

export const presenceKey = (ticket?: string): readonly string[] =>
  ticket === undefined ? ['presence'] : ['presence', ticket];

/** Who is on a ticket just now, by what the stream tells. */
export function usePresent(ticket: string): readonly Present[] {
  const { data } = useQuery<readonly Present[]>({
    queryKey: presenceKey(ticket),
    queryFn: () => [],
    initialData: [],
    enabled: false,
  });
  return data;
}

const path = (ticket: string): string => `/v1/tickets/${encodeURIComponent(ticket)}/presence`;

/** Gives who else is there: whoever comes later than the others has not heard of them. */
export async function tellPresence(
  ticket: string,
  window: string,
  state: Present['state'],
): Promise<readonly Present[]> {
  const answer = await call<{ data: readonly Present[] }>('PUT', path(ticket), { body: { state, window } });
  return answer.data;
}

/** Also while the page goes away. */
export const leaveTicket = (ticket: string, window: string): Promise<void> =>
  call('DELETE', path(ticket), { query: { window }, keepalive: true });
