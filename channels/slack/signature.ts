import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SlackSignature {
  /** `X-Slack-Signature` */
  readonly signature: string | undefined;
  /** `X-Slack-Request-Timestamp`, in seconds. */
  readonly timestamp: string | undefined;
  readonly rawBody: Buffer;
  readonly signingSecret: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const toleranceMs = 5 * 60_000;

/**
 * Whether a request comes from Slack, and was not sent long ago: `v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`,
 * within five minutes of now.
 */
export function verifySlackSignature({ signature, timestamp, rawBody, signingSecret, now }: SlackSignature): boolean {
  if (signature === undefined || timestamp === undefined || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > toleranceMs) return false;
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody).digest('hex');
  const right = Buffer.from(`v0=${digest}`);
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}
