import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { Incident, Page } from './types.ts';

/** As `GET /v1/incidents` takes it. */
export interface IncidentFilter {
  readonly status?: string;
  readonly ticket?: string;
}

export const incidentsQuery = (filter: IncidentFilter) =>
  queryOptions({
    queryKey: ['incidents', filter],
    queryFn: ({ signal }) => call<Page<Incident>>('GET', '/v1/incidents', { query: { ...filter, limit: 100 }, signal }),
  });

export interface IncidentCommands {
  readonly acknowledge: Record<string, never>;
  readonly resolve: Record<string, never>;
  readonly escalate: Record<string, never>;
  readonly reassign: { readonly user: string };
  readonly snooze: { readonly for: string };
}
export type IncidentCommand = {
  [C in keyof IncidentCommands]: { name: C; body: IncidentCommands[C] };
}[keyof IncidentCommands];

export const tellIncident = (
  id: string,
  { name, body }: IncidentCommand,
  idempotencyKey: string,
): Promise<Omit<Incident, 'timeline'>> =>
  call('POST', `/v1/incidents/${encodeURIComponent(id)}/${name}`, { body, idempotencyKey });
