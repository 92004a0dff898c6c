import { hkdfSync } from 'node:crypto';

/** The key by which receivers of pages check signatures; shown to them as `whsec_` and its base64. */
export function webhookKey(secret: string): Buffer {
  return derived(secret, 'vigil webhooks');
}

/**
 * The key of one webhook; another for each version, which counts up as it is renewed. Derived, so that no database and
 * no backup of it holds one.
 */
export function subscriptionKey(secret: string, webhook: string, version: number): Buffer {
  return derived(secret, `vigil webhook ${webhook} ${version}`);
}

/** As the Standard Webhooks specification has keys written. */
export function shownKey(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}

function derived(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
