import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a link in a page allows its receiver to do: acknowledge this incident as this user, until then. */
export interface AcknowledgeGrant {
  readonly incident: string;
  readonly user: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The grant and its HMAC-SHA256, each as base64url, joined by a dot. */
export function signAcknowledge(secret: string, { incident, user, expiresAt }: AcknowledgeGrant): string {
  const grant = Buffer.from(JSON.stringify([incident, user, expiresAt])).toString('base64url');
  return `${grant}.${signature(secret, grant).toString('base64url')}`;
}

/** The grant that `token` carries, or undefined where it is forged, damaged or past its end. */
export function verifyAcknowledge(secret: string, token: string, now: number): AcknowledgeGrant | undefined {
  const [grant = '', given = '', ...more] = token.split('.');
  const right = signature(secret, grant);
  const bytes = Buffer.from(given, 'base64url');
  if (more.length > 0 || bytes.length !== right.length || !timingSafeEqual(bytes, right)) return undefined;
  const [incident, user, expiresAt] = JSON.parse(Buffer.from(grant, 'base64url').toString()) as [
    string,
    string,
    number,
  ];
  return now < expiresAt ? { incident, user, expiresAt } : undefined;
}

/** A key of its own, so that no other thing signed with the same secret can pass for a grant. */
function signature(secret: string, grant: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'vigil acknowledge link', 32));
  return createHmac('sha256', key).update(grant).digest();
}
