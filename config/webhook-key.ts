import { hkdfSync } from 'node:crypto';

/** The key that receivers check signatures with; shown to them as `whsec_` and its base64. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'vigil webhooks', 32));
}
