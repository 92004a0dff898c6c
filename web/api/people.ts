import { queryOptions, useQuery } from '@tanstack/react-query';
import { wholeList } from './tickets.ts';
import type { Team, User } from './types.ts';

const staleTime = 5 * 60_000;

const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => wholeList<User>('/v1/users', signal),
  staleTime,
});

const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => wholeList<Team>('/v1/teams', signal),
  staleTime,
});

export interface People {
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  /** A name, or the id where nobody has that id. */
  readonly userName: (id: string) => string;
  readonly teamName: (id: string) => string;
}

/** The desk's people and teams, empty until they are there. */
export function usePeople(): People {
  const { data: users = [] } = useQuery(usersQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  return {
    users,
    teams,
    userName: (id) => users.find((user) => user.id === id)?.name ?? id,
    teamName: (id) => teams.find((team) => team.id === id)?.name ?? id,
  };
}
