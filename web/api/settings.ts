import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { OwnSession, OwnSettings, User } from './types.ts';

/** What people see and change of themselves. */

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<User>('GET', '/v1/me', { signal }),
});

export const changeMe = (body: OwnSettings): Promise<User> => call('PATCH', '/v1/me', { body });

export const changePassword = (body: { current: string; new: string }): Promise<void> =>
  call('PUT', '/v1/session/password', { body });

export interface BegunSecondFactor {
  /** For the app that shows codes. */
  readonly uri: string;
  readonly backupCodes: readonly string[];
}

const secondFactor = '/v1/session/second-factor';
export const beginSecondFactor = (password: string): Promise<BegunSecondFactor> =>
  call('POST', secondFactor, { body: { password } });
export const confirmSecondFactor = (code: string): Promise<void> =>
  call('POST', `${secondFactor}/confirm`, { body: { code } });
export const removeSecondFactor = (password: string): Promise<void> =>
  call('DELETE', secondFactor, { body: { password } });

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await call<{ data: readonly OwnSession[] }>('GET', '/v1/sessions', { signal })).data,
});

export const endSession = (id: string): Promise<void> => call('DELETE', `/v1/sessions/${encodeURIComponent(id)}`);
