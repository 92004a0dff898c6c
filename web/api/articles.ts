import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import type { Article, ArticlePatch, NewArticle, Page, SuggestedArticle, Ticket } from './types.ts';

const path = '/v1/articles';
const articlePath = (id: string): string => `${path}/${encodeURIComponent(id)}`;

/** By title. */
export const articlesQuery = infiniteQueryOptions({
  queryKey: ['articles', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call<Page<Article>>('GET', path, { query: { limit: 50, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ['articles', id],
    queryFn: ({ signal }) => call<Article>('GET', articlePath(id), { signal }),
  });

/** Those that may answer the ticket, as far as its customer has described it; the best first. */
export const ticketSuggestionsQuery = ({ id, lastCustomerMessageAt }: Ticket) =>
  queryOptions({
    queryKey: ['article-suggestions', id, lastCustomerMessageAt],
    queryFn: ({ signal }) => suggest({ ticket: id, limit: 3 }, signal),
    staleTime: 5 * 60_000,
  });

export const foundArticlesQuery = (q: string) =>
  queryOptions({
    queryKey: ['article-suggestions', { q }],
    queryFn: ({ signal }) => suggest({ q, limit: 20 }, signal),
    enabled: q !== '',
  });

async function suggest(
  query: { readonly ticket?: string; readonly q?: string; readonly limit: number },
  signal: AbortSignal,
): Promise<readonly SuggestedArticle[]> {
  return (await call<{ data: SuggestedArticle[] }>('GET', '/v1/article-suggestions', { query, signal })).data;
}

export type ArticleChange =
  | { readonly add: NewArticle }
  | { readonly id: string; readonly patch: ArticlePatch }
  | { readonly id: string; readonly remove: true };

export function useArticleChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ArticleChange): Promise<Article | undefined> => {
      if ('add' in change) return call('POST', path, { body: change.add, idempotencyKey: newKey() });
      const at = articlePath(change.id);
      return 'patch' in change ? call('PATCH', at, { body: change.patch }) : call('DELETE', at);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['articles'] }),
        client.invalidateQueries({ queryKey: ['article-suggestions'] }),
      ]),
  });
}
