import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './client.ts';
import { sessionQuery } from './session.ts';

const mostRetries = 3;

/** The cache of everything that was read. Events keep it up to date, so that age alone is no reason to ask again. */
export function makeQueryClient(): QueryClient {
  /** A session that ended is found out by whatever is asked next: then the session itself is asked for. */
  const lookForEnd = (error: Error): void => {
    if (error instanceof ApiProblem && error.status === 401) void client.invalidateQueries(sessionQuery);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: lookForEnd }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        // Signing in is answered with 401 as well.
        if (mutation.options.mutationKey?.[0] !== 'sign-in') lookForEnd(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => error instanceof ApiProblem && error.passing && failures < mostRetries,
        refetchOnWindowFocus: false,
        // The API itself says whether it can be reached; a browser only guesses.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
