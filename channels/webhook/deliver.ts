import { createHmac } from 'node:crypto';
import { webhookKey } from '../../config/webhook-key.ts';

/** Thrown when the receiver says that this request will never be accepted: any 4xx but 408, 425 and 429. */
export class WebhookRefused extends Error {}

export interface WebhookDelivery {
  readonly url: string;
  /** Vigil's secret; receivers are given the key that `webhookKey` derives from it. */
  readonly secret: string;
  /** The same for every attempt at the same delivery. */
  readonly id: string;
  readonly body: unknown;
}

const timeoutMs = 10_000;

/**
 * Posts a signed message as the Standard Webhooks specification has it: `webhook-id`, `webhook-timestamp` in seconds,
 * and `webhook-signature`, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`. Resolves with the status answered;
 * rejects where another attempt may help.
 */
export async function deliverWebhook({ url, secret, id, body }: WebhookDelivery): Promise<string> {
  const payload = JSON.stringify(body);
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', webhookKey(secret)).update(`${id}.${timestamp}.${payload}`).digest('base64');
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Vigil',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    },
    body: payload,
  });
  await response.body?.cancel();
  const { status } = response;
  if (status >= 200 && status < 300) return `HTTP ${status}`;
  if (status >= 300 && status < 500 && ![408, 425, 429].includes(status)) {
    throw new WebhookRefused(`The receiver answered HTTP ${status}.`);
  }
  throw new Error(`The receiver answered HTTP ${status}.`);
}
