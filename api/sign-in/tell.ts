import type { FastifyRequest } from 'fastify';
import { recordAudit, signInItem } from '../../db/audit-events.ts';
import type { User } from '../../db/users.ts';
import { authorNamed } from '../plugins/auth.ts';

/**
 * Tells the trail what better-auth has just done for a person. Its transaction is not ours: where the trail cannot be
 * written the request fails, and nobody has got the cookie.
 */
export async function tellOfSignIn(
  { server, headers }: FastifyRequest,
  action: 'signed-in' | 'password-changed' | 'second-factor-added' | 'second-factor-removed',
  person: Pick<User, 'id' | 'name'>,
  said: { readonly method?: string } = {},
): Promise<void> {
  const device = headers['user-agent']?.slice(0, 500) ?? null;
  await recordAudit(server.parts.database.db, authorNamed(person), [signInItem(action, person, { ...said, device })]);
}
