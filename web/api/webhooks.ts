import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { wholeList } from './tickets.ts';
import type { Delivery, DeliveryWithBody, MadeWebhook, Page, Webhook, WebhookBody } from './types.ts';

/** What they send changes without anybody's doing, and no event tells of it. */
const lookEveryMs = 2000;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => wholeList<Webhook>('/v1/webhooks', signal),
  refetchInterval: lookEveryMs,
});

export const addWebhook = (body: WebhookBody): Promise<MadeWebhook> =>
  call('POST', '/v1/webhooks', { body, idempotencyKey: newKey() });
export const changeWebhook = (id: string, body: WebhookBody): Promise<Webhook> => call('PATCH', path(id), { body });
export const deleteWebhook = (id: string): Promise<void> => call('DELETE', path(id));
export const renewWebhookKey = (id: string): Promise<MadeWebhook> =>
  call('POST', `${path(id)}/key`, { idempotencyKey: newKey() });
export const testWebhook = (id: string): Promise<Delivery> =>
  call('POST', `${path(id)}/test`, { idempotencyKey: newKey() });

export const deliveriesQuery = (webhook: string, state: Delivery['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', webhook, 'deliveries', state ?? 'all'],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Delivery>>('GET', `${path(webhook)}/deliveries`, {
        signal,
        query: { state, limit: 25, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: lookEveryMs,
  });

export const deliveryQuery = (webhook: string, delivery: string) =>
  queryOptions({
    queryKey: ['webhooks', webhook, 'delivery', delivery],
    queryFn: ({ signal }) => call<DeliveryWithBody>('GET', deliveryPath(webhook, delivery), { signal }),
  });

export const redeliver = (webhook: string, delivery: string): Promise<Delivery> =>
  call('POST', `${deliveryPath(webhook, delivery)}/redeliver`, { idempotencyKey: newKey() });
export const redeliverFailed = (webhook: string): Promise<{ redelivered: number }> =>
  call('POST', `${path(webhook)}/redeliver`, { idempotencyKey: newKey() });

function path(id: string): string {
  return `/v1/webhooks/${encodeURIComponent(id)}`;
}

function deliveryPath(webhook: string, delivery: string): string {
  return `${path(webhook)}/deliveries/${encodeURIComponent(delivery)}`;
}
