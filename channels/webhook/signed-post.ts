import { createHmac } from 'node:crypto';
import { type HttpAnswer, post } from '../http-answer.ts';

export interface Message {
  /** The same for each attempt at it, so that receivers can tell. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/**
 * Posts as the Standard Webhooks specification has it: `webhook-id`, `webhook-timestamp` in seconds, and
 * `webhook-signature`, for each key `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`.
 * @throws as `post` does
 */
export async function signedPost(url: string, message: Message, keys: readonly Buffer[]): Promise<HttpAnswer> {
  return post(url, headersOf(message, keys, Math.floor(Date.now() / 1000)), message.body);
}

function headersOf({ id, body }: Message, keys: readonly Buffer[], timestamp: number): Record<string, string> {
  const signed = `${id}.${timestamp}.${body}`;
  return {
    'content-type': 'application/json',
    'idempotency-key': id,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`).join(' '),
  };
}
