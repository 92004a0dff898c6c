import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { teamsQuery, usersQuery } from './people.ts';
import type { SignInState, Team, TeamBody, User, UserBody } from './types.ts';

/** What administration does to people and teams. */

export const addUser = (body: UserBody): Promise<User> => call('POST', '/v1/users', { body, idempotencyKey: newKey() });
export const changeUser = (id: string, body: UserBody): Promise<User> => call('PATCH', userPath(id), { body });
export const deleteUser = (id: string): Promise<void> => call('DELETE', userPath(id));

export interface Invitation {
  readonly url: string;
  readonly expiresAt: string;
}

export const invite = (id: string): Promise<Invitation> => call('POST', `${userPath(id)}/invitations`);

/** The link of the invitation that was just made, which the API shows once. */
export const invitationQuery = (id: string) =>
  queryOptions({ queryKey: ['made-invitation', id], queryFn: () => null as Invitation | null, enabled: false });

export const signInsQuery = queryOptions({
  queryKey: ['sign-ins'],
  queryFn: async ({ signal }) => (await call<{ data: readonly SignInState[] }>('GET', '/v1/sign-ins', { signal })).data,
});

export const addTeam = (body: TeamBody): Promise<Team> => call('POST', '/v1/teams', { body, idempotencyKey: newKey() });
export const changeTeam = (id: string, body: TeamBody): Promise<Team> => call('PATCH', teamPath(id), { body });
export const deleteTeam = (id: string): Promise<void> => call('DELETE', teamPath(id));

/** Shows at once what was saved, and asks for what may follow from it. */
export function keepUser(client: QueryClient, user: User): void {
  keep(client, usersQuery.queryKey, user);
  void client.invalidateQueries(teamsQuery);
}

export function keepTeam(client: QueryClient, team: Team): void {
  keep(client, teamsQuery.queryKey, team);
  void client.invalidateQueries(usersQuery);
}

/** Also takes those out whom a deletion has left nowhere. */
export function forget(client: QueryClient, kind: 'users' | 'teams', id: string): void {
  client.setQueryData<readonly { readonly id: string }[]>([kind], (known) => known?.filter((one) => one.id !== id));
  void client.invalidateQueries(usersQuery);
  void client.invalidateQueries(teamsQuery);
}

function keep<T extends { readonly id: string; readonly name: string }>(
  client: QueryClient,
  queryKey: readonly unknown[],
  one: T,
): void {
  client.setQueryData<readonly T[]>(queryKey, (known) => {
    const others = (known ?? []).filter(({ id }) => id !== one.id);
    return [...others, one].toSorted((a, b) => a.name.localeCompare(b.name));
  });
  void client.invalidateQueries({ queryKey });
}

function userPath(id: string): string {
  return `/v1/users/${encodeURIComponent(id)}`;
}

function teamPath(id: string): string {
  return `/v1/teams/${encodeURIComponent(id)}`;
}
