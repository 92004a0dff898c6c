import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { AgentLoads } from './types.ts';

export const agentLoadsQuery = queryOptions({
  queryKey: ['agent-loads'],
  queryFn: ({ signal }) => call<AgentLoads>('GET', '/v1/agents/load', { signal }),
  // Shifts and absences begin and end without an event.
  refetchInterval: 60_000,
});
