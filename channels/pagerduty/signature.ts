import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a v3 webhook comes from PagerDuty. `X-PagerDuty-Signature` lists `v1=` and the hex HMAC-SHA256 of the raw
 * body, one for each secret in force while it is being replaced; any that matches any of ours is enough.
 */
export function verifyPagerDutySignature(
  header: string | undefined,
  rawBody: Buffer,
  secrets: readonly string[],
): boolean {
  const given = (header ?? '').split(',').map((signature) => Buffer.from(signature.trim()));
  return secrets.some((secret) => {
    const right = Buffer.from(`v1=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);
    return given.some((signature) => signature.length === right.length && timingSafeEqual(signature, right));
  });
}
