import { queryOptions } from '@tanstack/react-query';
import { call, queryText } from './client.ts';
import type { ReportJson } from './types.ts';

/** As `GET /v1/reports/{name}` takes it. */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly interval: string;
  readonly by?: string;
  readonly priority?: string;
  readonly team?: string;
}

const pathOf = (name: string): string => `/v1/reports/${encodeURIComponent(name)}`;

/** What has been goes on changing: a ticket may be reopened. */
export const reportQuery = (name: string, query: ReportQuery) =>
  queryOptions({
    queryKey: ['report', name, query],
    queryFn: ({ signal }) => call<ReportJson>('GET', pathOf(name), { query: { ...query }, signal }),
    staleTime: 60_000,
  });

export const reportFile = (name: string, query: ReportQuery): string =>
  pathOf(name) + queryText({ ...query, format: 'csv' });
