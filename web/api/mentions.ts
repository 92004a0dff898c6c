import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import type { MentionPage } from './types.ts';

export const mentionsKey = ['mentions'] as const;

export const mentionsQuery = queryOptions({
  queryKey: mentionsKey,
  queryFn: ({ signal }) => call<MentionPage>('GET', '/v1/mentions', { query: { limit: 30 }, signal }),
});

/** Marks mentions as read: those of a ticket, or all. */
export function useReadMentions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: { readonly ticket?: string }) =>
      call<{ unread: number }>('POST', '/v1/mentions/read', { body: which, idempotencyKey: newKey() }),
    onSettled: () => client.invalidateQueries({ queryKey: mentionsKey }),
  });
}
