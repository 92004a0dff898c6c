import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiProblem, call } from './client.ts';
import type { Permission, Session, SignInMethods } from './types.ts';

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call<Session>('GET', '/v1/session', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export const signInMethodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: ({ signal }) => call<SignInMethods>('GET', '/v1/sign-in-methods', { signal }),
  staleTime: Infinity,
});

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}

export const signIn = (credentials: Credentials): Promise<Session> =>
  call('POST', '/v1/session', { body: credentials });
export const signOut = (): Promise<void> => call('DELETE', '/v1/session');

/** Of pages that only those who are signed in get to see. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** Mirrors what the API lets the user do; it is the API that refuses. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
