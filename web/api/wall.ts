import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { Wall } from './types.ts';

/** It is asked for anew every while in any case, so that a failure is shown at once and not tried again before. */
export const wallQuery = (timeZone: string) =>
  queryOptions({
    queryKey: ['wall', timeZone],
    queryFn: ({ signal }) => call<Wall>('GET', '/v1/wall', { query: { timeZone }, signal }),
    retry: false,
    refetchInterval: 30_000,
    refetchIntervalInBackground: true,
  });
