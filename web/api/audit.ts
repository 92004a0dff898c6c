import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { AuditEvent, Page } from './types.ts';

/** As `GET /v1/audit-events` takes it. */
export interface AuditFilter {
  readonly actor?: string;
  readonly resource?: string;
  readonly resourceId?: string;
  readonly from?: string;
  readonly until?: string;
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit-events', filter],
    queryFn: ({ pageParam, signal }) =>
      call<Page<AuditEvent>>('GET', '/v1/audit-events', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
