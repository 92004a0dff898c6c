import { queryOptions } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { wholeList } from './tickets.ts';
import type { ApiKey, MadeApiKey, MadeRoutingKey, NewApiKey, RoutingKey } from './types.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => wholeList<ApiKey>('/v1/api-keys', signal),
});

export const makeApiKey = (body: NewApiKey): Promise<MadeApiKey> =>
  call('POST', '/v1/api-keys', { body, idempotencyKey: newKey() });

export const revokeApiKey = (id: string): Promise<void> => call('DELETE', `/v1/api-keys/${encodeURIComponent(id)}`);

export const routingKeysQuery = queryOptions({
  queryKey: ['routing-keys'],
  queryFn: ({ signal }) => wholeList<RoutingKey>('/v1/routing-keys', signal),
});

export const makeRoutingKey = (body: { name: string; team: string }): Promise<MadeRoutingKey> =>
  call('POST', '/v1/routing-keys', { body, idempotencyKey: newKey() });

export const deleteRoutingKey = (id: string): Promise<void> =>
  call('DELETE', `/v1/routing-keys/${encodeURIComponent(id)}`);
