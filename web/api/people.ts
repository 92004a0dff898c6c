import { queryOptions, useQuery } from '@tanstack/react-query';
import { wholeList } from './tickets.ts';
import type { Team, User } from './types.ts';

const staleTime = 5 * 60_000;

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => wholeList<User>('/v1/users', signal),
  staleTime,
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => wholeList<Team>('/v1/teams', signal),
  staleTime,
});

export interface People {
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  /** A name, or the id where nobody has that id; dots while the names are on their way. */
  readonly userName: (id: string) => string;
  readonly teamName: (id: string) => string;
}

/** The desk's people and teams, empty until they are there. */
export function usePeople(): People {
  const { data: users } = useQuery(usersQuery);
  const { data: teams } = useQuery(teamsQuery);
  return {
    users: users ?? none,
    teams: teams ?? none,
    userName: (id) => nameIn(users, id),
    teamName: (id) => nameIn(teams, id),
  };
}

const none: readonly never[] = [];

function nameIn(all: readonly { readonly id: string; readonly name: string }[] | undefined, id: string): string {
  return all === undefined ? '…' : (all.find((one) => one.id === id)?.name ?? id);
}
