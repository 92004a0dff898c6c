import { createHmac } from 'node:crypto';

/**
 * Opens the codec endpoint. Temporal's UI sends no key of ours, so the address that it is given is the key: whoever
 * knows it can read every payload.
 */
export function codecToken(secret: string): string {
  return createHmac('sha256', secret).update('vigil codec endpoint').digest('base64url');
}
